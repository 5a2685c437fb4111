import { string } from '@oclif/core/args'
import { raiseFleet } from '../app/fleet/raise.ts'
import type { RaiseResult } from '../app/results.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { formatUp } from '../ui/results/format-up.ts'

/** Raises a fleet and leaves it up: the next `muster run` on it starts at once. */
export default class Up extends CloudCommand<RaiseResult> {
  static override summary = 'Raise a fleet, or find it up already'
  static override args = {
    fleet: string({ description: 'a fleet of muster.yaml; the default one where none is named' }),
  }
  static override flags = cloudFlags
  static override examples = [
    'Raise the default fleet\n<%= config.bin %> up',
    'Raise one fleet on AWS, and get what was raised as JSON\n<%= config.bin %> up hpc --cloud aws --json',
  ]

  protected override readonly needsNodes = true

  async run(): Promise<RaiseResult> {
    const { args, flags } = await this.parse(Up)
    const { settings, connect, console } = await this.open(flags)
    const fleet = chooseFleet(settings, args.fleet)
    const result = await raiseFleet(fleet, await connect())
    console.show(result, (theme) => formatUp(result, theme, process.stdout.columns))
    return result
  }
}
