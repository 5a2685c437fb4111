import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { scaleFleet, type ScaleRequest } from '../app/fleet/scale.ts'
import { planFleetScale, readScale } from '../app/plan/plan-fleet-scale.ts'
import type { ScalePlan } from '../app/results/plan.ts'
import type { ScaleResult, ScaleState } from '../app/results/scale.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags, dryRunFlag, yesFlag } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { LONGEST_S, parseDuration } from '../config/duration.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { parseScale } from '../core/plan/scale.ts'
import { formatScaled, formatScalePlan, formatScaleState } from '../ui/results/format-scale.ts'

/** Changes how many nodes a fleet has, or of which type; without either it says how many there are. */
export default class Scale extends CloudCommand<ScaleResult | ScalePlan | ScaleState> {
  static override summary = 'Give a fleet more nodes, fewer, or others of another type'
  static override args = {
    fleet: string({ description: 'a fleet of muster.yaml', required: true }),
    nodes: string({ description: 'how many nodes: 8, +2 or -2; without it the current state is shown' }),
  }
  static override flags = {
    ...cloudFlags,
    ...dryRunFlag,
    ...yesFlag,
    type: stringFlag({
      summary: 'the instance type of all nodes; the old ones end once no job runs on them',
      helpValue: 'TYPE',
    }),
    timeout: stringFlag({
      summary: 'how long jobs on nodes that are to end are waited for: 90s, 10m, 2h, 1d',
      helpValue: 'TIME',
      default: '1d',
    }),
  }
  static override examples = [
    'Two more nodes, as a cohort of their own\n<%= config.bin %> scale hpc +2',
    'Back to four: idle nodes end\n<%= config.bin %> scale hpc 4',
    'As many of another type\n<%= config.bin %> scale hpc --type hpc7a.96xlarge',
  ]

  protected override readonly needsNodes = true

  async run(): Promise<ScaleResult | ScalePlan | ScaleState> {
    const { fewer, others } = splitFewer(this.argv)
    const { args, flags } = await this.parse(Scale, others)
    const { settings, connect, console } = await this.open(flags)
    const fleet = chooseFleet(settings, args.fleet)
    const columns = process.stdout.columns
    const nodes = args.nodes ?? fewer
    if (nodes === undefined && flags.type === undefined) {
      const state = await readScale(fleet.name, await connect())
      console.show(state, (theme) => formatScaleState(fleet.name, state, theme, columns))
      return state
    }
    const request = requestFromFlags(fleet, nodes, flags)
    if (flags['dry-run']) {
      const plan = await planFleetScale(request, await connect())
      console.show(plan, (theme) => formatScalePlan(plan, theme, columns))
      return plan
    }
    const scaled = await scaleFleet(request, await connect())
    console.show(scaled, (theme) => formatScaled(scaled, settings.cloud, theme, columns))
    return scaled
  }
}

/** `-2` is a number of nodes; oclif would take it for a flag. */
export function splitFewer(argv: readonly string[]): { readonly fewer: string | undefined; readonly others: string[] } {
  const at = argv.findIndex((word) => /^-\d+$/.test(word))
  return { fewer: argv[at], others: argv.filter((_, index) => index !== at) }
}

interface ScaleFlags {
  readonly type?: string | undefined
  readonly timeout?: string | undefined
  readonly yes: boolean
}

/** Words of the command line as a request. @throws MusterError UsageInvalid. */
export function requestFromFlags(fleet: FleetSpec, nodes: string | undefined, flags: ScaleFlags): ScaleRequest {
  const to = nodes === undefined ? null : parseScale(nodes)
  if (nodes !== undefined && to === null) {
    throw usage(`the number of nodes is ${JSON.stringify(nodes)}; it must be a whole number such as 8, +2 or -2`, fleet)
  }
  const timeout = flags.timeout === undefined ? LONGEST_S : parseDuration(flags.timeout)
  if (timeout === null) {
    throw usage(`--timeout is ${JSON.stringify(flags.timeout)}; it must be a time such as 90s, 10m, 2h or 1d`, fleet)
  }
  const instanceType = flags.type ?? null
  const wanted = instanceType === null ? fleet : { ...fleet, types: [instanceType], need: null }
  return { wanted, asked: { to, instanceType }, yes: flags.yes, timeoutMs: timeout * 1000 }
}

function usage(message: string, { name }: FleetSpec): MusterError {
  return new MusterError('UsageInvalid', message, { suggestions: [`muster scale ${name} 8`, 'muster scale --help'] })
}
