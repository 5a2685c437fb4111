import { string } from '@oclif/core/args'
import { raiseAndLeave } from '../app/fleet/raise-and-leave.ts'
import { planFleet } from '../app/plan/plan-fleet.ts'
import type { RaiseResult } from '../app/results/fleet.ts'
import type { RaisePlan } from '../app/results/plan.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags, dryRunFlag, waitCapacityFlag, yesFlag } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { waitCapacityMs } from '../config/wait-time.ts'
import { formatRaisePlan } from '../ui/results/format-plan.ts'
import { formatUp } from '../ui/results/format-up.ts'

/** Raises a fleet and leaves it up: the next `muster run` on it starts at once. */
export default class Up extends CloudCommand<RaiseResult | RaisePlan> {
  static override summary = 'Raise a fleet, or find it up already'
  static override args = {
    fleet: string({ description: 'a fleet of muster.yaml; the default one where none is named' }),
  }
  static override flags = { ...cloudFlags, ...dryRunFlag, ...waitCapacityFlag, ...yesFlag }
  static override examples = [
    'Raise the default fleet\n<%= config.bin %> up',
    'Raise the default fleet, and wait for room where there is none\n<%= config.bin %> up --wait-capacity 30m',
    'Raise one fleet on AWS, and get what was raised as JSON\n<%= config.bin %> up hpc --cloud aws --json',
  ]

  protected override readonly needsNodes = true

  async run(): Promise<RaiseResult | RaisePlan> {
    const { args, flags } = await this.parse(Up)
    const { settings, connect, console } = await this.open(flags)
    const fleet = chooseFleet(settings, args.fleet)
    const wait = waitCapacityMs(flags['wait-capacity'])
    if (flags['dry-run']) {
      const plan = await planFleet(fleet, await connect())
      console.show(plan, (theme) => formatRaisePlan(plan, theme, process.stdout.columns))
      return plan
    }
    const result = await raiseAndLeave(fleet, await connect(), { approval: { yes: flags.yes }, waitCapacityMs: wait })
    console.show(result, (theme) => formatUp(result, theme, process.stdout.columns))
    return result
  }
}
