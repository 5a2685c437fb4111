import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import type { TakeDownResult } from '../app/results/fleet.ts'
import type { RemovalPlan } from '../app/results/plan.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags, dryRunFlag } from '../cli/flags.ts'
import { planRemovals, takeDownAll } from '../cli/take-down-all.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { formatRemovalPlans } from '../ui/results/format-plan.ts'
import { formatDown } from '../ui/results/format-down.ts'

/** Removes fleets and ends when the cloud itself shows nothing of them. */
export default class Down extends CloudCommand<readonly (TakeDownResult | RemovalPlan)[]> {
  static override summary = 'Take a fleet down, and prove that nothing of it is left'
  static override args = {
    fleet: string({ description: 'any fleet that exists, also one that muster.yaml does not describe (any more)' }),
  }
  static override flags = {
    ...cloudFlags,
    ...dryRunFlag,
    all: boolean({ summary: 'every fleet of this region and account that the cloud shows' }),
    'discard-data': boolean({ summary: 'delete its storage too, with data that are not exported or to be kept' }),
    yes: boolean({ char: 'y', summary: 'do not ask: with --all on AWS, and while jobs run' }),
  }
  static override examples = [
    'Take the default fleet down\n<%= config.bin %> down',
    'Take down whatever there is\n<%= config.bin %> down --all',
    'Take one down and give up what is on its storage\n<%= config.bin %> down hpc --discard-data',
  ]

  async run(): Promise<readonly (TakeDownResult | RemovalPlan)[]> {
    const { args, flags } = await this.parse(Down)
    const { settings, connect, console } = await this.open(flags)
    const names = namesFromFlags(args.fleet, flags.all, () => chooseFleet(settings).name)
    if (flags['dry-run']) {
      const plans = await planRemovals(names, Object.keys(settings.fleets), await connect(), flags['discard-data'])
      console.show(plans, (theme) => formatRemovalPlans(plans, theme, process.stdout.columns))
      return plans
    }
    const results = await takeDownAll(
      names,
      flags.yes,
      Object.keys(settings.fleets),
      await connect(),
      flags['discard-data'],
    )
    console.show(results, (theme) => formatDown(results, theme))
    return results
  }
}

/** Null is all. A fleet that the configuration does not know is taken at its name: it may be left over. */
export function namesFromFlags(fleet: string | undefined, all: boolean, fallback: () => string): string[] | null {
  if (!all) return [fleet ?? fallback()]
  if (fleet === undefined) return null
  throw new MusterError('UsageInvalid', `--all takes every fleet down: it does not go with the name ${fleet}`, {
    suggestions: [`muster down ${fleet}`, 'muster down --all'],
  })
}
