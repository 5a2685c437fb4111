import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { renewFleet } from '../app/fleet/lease.ts'
import type { RenewResult } from '../app/results/fleet.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { chooseFleet } from '../config/choose-fleet.ts'
import { parseDuration } from '../config/duration.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import { formatRenew } from '../ui/results/format-renew.ts'

/** Gives a fleet its lease again: nodes that nobody renews end themselves. */
export default class Renew extends CloudCommand<RenewResult> {
  static override summary = 'Keep a fleet that is up: its nodes end themselves when nobody does'
  static override args = {
    fleet: string({ description: 'any fleet that exists; the default one where none is named' }),
  }
  static override flags = {
    ...cloudFlags,
    for: stringFlag({ summary: 'keep it at least this long, used or not: 30m, 4h, 2d', helpValue: 'TIME' }),
  }
  static override examples = [
    'Give the default fleet its whole lease again\n<%= config.bin %> renew',
    'Keep one for four hours, whether it is used or not\n<%= config.bin %> renew hpc --for 4h',
  ]

  async run(): Promise<RenewResult> {
    const { args, flags } = await this.parse(Renew)
    const holdS = holdFromFlag(flags.for)
    const { settings, connect, console } = await this.open(flags)
    const name = args.fleet ?? chooseFleet(settings).name
    const fleet = settings.fleets[name] ?? { name, limits: null }
    const result = await renewFleet(fleet, holdS, await connect())
    console.show(result, (theme) => formatRenew(result, theme))
    return result
  }
}

/** The longest that a fleet is kept in one go, in seconds. */
const MOST_S = 7 * 86_400

/** Seconds; 0 where nothing is said. Throws UsageInvalid. */
export function holdFromFlag(text: string | undefined): number {
  if (text === undefined) return 0
  const seconds = parseDuration(text)
  if (seconds !== null && seconds >= 1 && seconds <= MOST_S) return seconds
  throw new MusterError('UsageInvalid', `--for ${text} is no time from 1s to 7d`, { suggestions: ['--for 4h'] })
}
