import { string } from '@oclif/core/args'
import { planFleet } from '../app/plan/plan-fleet.ts'
import type { RaisePlan } from '../app/results.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { formatRaisePlan } from '../ui/results/format-plan.ts'

/** Plans with what `up` and `run` plan with, and does none of it. */
export default class Plan extends CloudCommand<RaisePlan> {
  static override summary = 'Show what a fleet or a job would make, cost and take, and make nothing'
  static override args = {
    what: string({ description: 'a fleet of muster.yaml or a job file; the default fleet where nothing is named' }),
  }
  static override flags = cloudFlags
  static override examples = [
    'What raising the default fleet would do\n<%= config.bin %> plan',
    'What one job would make on AWS, and for how much\n<%= config.bin %> plan jobs/heat.yaml --cloud aws',
  ]

  protected override readonly isReader = true

  async run(): Promise<RaisePlan> {
    const { args, flags } = await this.parse(Plan)
    const { settings, connect, console } = await this.open(flags)
    if (!isJobFile(args.what, settings.fleets)) {
      const fleet = chooseFleet(settings, args.what)
      const plan = await planFleet(fleet, await connect())
      console.show(plan, (theme) => formatRaisePlan(plan, theme, process.stdout.columns))
      return plan
    }
    const { loadJob } = await import('../config/load-job.ts')
    const fleetNodes = (name: string | null) => chooseFleet(settings, name).nodes
    const request = { file: args.what, words: null, overrides: {}, cwd: process.cwd(), fleetNodes }
    const { spec: job, fleet: named } = await loadJob(request)
    const fleet = { ...chooseFleet(settings, named), nodes: job.nodes }
    const plan = await planFleet(fleet, await connect(), { job, keep: false })
    console.show(plan, (theme) => formatRaisePlan(plan, theme, process.stdout.columns))
    return plan
  }
}

/** A fleet of that name goes first; a path, or a name that ends as YAML does, is a job file. */
export function isJobFile(what: string | undefined, fleets: Readonly<Record<string, unknown>>): what is string {
  return what !== undefined && !Object.hasOwn(fleets, what) && /[/\\]|\.ya?ml$/i.test(what)
}
