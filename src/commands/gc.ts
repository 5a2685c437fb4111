import { boolean } from '@oclif/core/flags'
import type { GcResult } from '../app/results/gc.ts'
import { collectGarbage } from '../app/sweep/sweep.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import type { ExitCodeRow } from '../cli/command.ts'
import { cloudFlags, dryRunFlag } from '../cli/flags.ts'
import { EXIT } from '../core/errors/codes.ts'
import { ONLY_COPY } from '../core/plan/plan-sweep.ts'
import { formatGc } from '../ui/results/format-gc.ts'

/** Lists by tag what no fleet claims, and removes it where that is asked for. */
export default class Gc extends CloudCommand<GcResult> {
  static override summary = 'Find what is left over of fleets, with what it costs, and remove it'
  static override flags = {
    ...cloudFlags,
    ...dryRunFlag,
    'all-regions': boolean({ summary: 'look in every region that the account can use', default: false }),
    'discard-data': boolean({
      summary: 'file systems too that are to be kept, or whose data are nowhere else',
      default: false,
    }),
    yes: boolean({ char: 'y', summary: 'remove what is found; without it, it is only listed', default: false }),
  }
  static override exitCodes: readonly ExitCodeRow[] = [
    [String(EXIT.partial), 'with --yes: data that are nowhere else were kept'],
  ]
  static override examples = [
    'What is left over, and for how much\n<%= config.bin %> gc',
    'Remove it, wherever it is\n<%= config.bin %> gc --all-regions --yes --cloud aws',
  ]

  async run(): Promise<GcResult> {
    const { flags } = await this.parse(Gc)
    const { connect, console } = await this.open(flags)
    const request = {
      allRegions: flags['all-regions'],
      discardData: flags['discard-data'],
      remove: flags.yes && !flags['dry-run'],
    }
    const result = await collectGarbage(request, await connect())
    console.show(result, (theme) => formatGc(result, theme, Date.now(), process.stdout.columns))
    if (result.removed && result.leftovers.some(({ kept }) => kept === ONLY_COPY)) process.exitCode = EXIT.partial
    return result
  }
}
