import { string } from '@oclif/core/args'
import { planFleet } from '../app/plan/plan-fleet.ts'
import type { RaisePlan } from '../app/results/plan.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import type { Settings } from '../config/settings.ts'
import { formatRaisePlan } from '../ui/results/format-plan.ts'

/** Plans with what `up` and `run` plan with, and does none of it. */
export default class Plan extends CloudCommand<RaisePlan | readonly RaisePlan[]> {
  static override summary = 'Show what a fleet or a job would make, cost and take, and make nothing'
  static override args = {
    what: string({ description: 'a fleet of muster.yaml or a job file; the default fleet where nothing is named' }),
  }
  static override strict = false
  static override usage = 'plan [WHAT...]'
  static override flags = cloudFlags
  static override examples = [
    'What raising the default fleet would do\n<%= config.bin %> plan',
    'What several fleets would make and cost\n<%= config.bin %> plan cpu gpu',
    'What one job would make on AWS, and for how much\n<%= config.bin %> plan jobs/heat.yaml --cloud aws',
  ]

  protected override readonly isReader = true

  async run(): Promise<RaisePlan | readonly RaisePlan[]> {
    const { argv, flags } = await this.parse(Plan)
    const { settings, connect, console } = await this.open(flags)
    const named = argv as string[]
    const wishes = await Promise.all((named.length === 0 ? [undefined] : named).map((what) => wishFor(what, settings)))
    const services = await connect()
    const plans = await Promise.all(wishes.map(({ fleet, run }) => planFleet(fleet, services, run)))
    console.show(plans.length === 1 ? plans[0] : plans, (theme) =>
      plans.flatMap((plan, at) => [...(at === 0 ? [] : ['']), ...formatRaisePlan(plan, theme, process.stdout.columns)]),
    )
    return plans.length === 1 ? plans[0]! : plans
  }
}

async function wishFor(what: string | undefined, settings: Settings) {
  if (!isJobFile(what, settings.fleets)) return { fleet: chooseFleet(settings, what), run: null }
  const { loadJob } = await import('../config/load-job.ts')
  const fleetNodes = (name: string | null) => chooseFleet(settings, name).nodes
  const request = { file: what, words: null, overrides: {}, cwd: process.cwd(), fleetNodes }
  const { spec: job, fleet } = await loadJob(request)
  return { fleet: { ...chooseFleet(settings, fleet), nodes: job.nodes }, run: { job, keep: false } }
}

/** A fleet of that name goes first; a path, or a name that ends as YAML does, is a job file. */
export function isJobFile(what: string | undefined, fleets: Readonly<Record<string, unknown>>): what is string {
  return what !== undefined && !Object.hasOwn(fleets, what) && /[/\\]|\.ya?ml$/i.test(what)
}
