import { boolean } from '@oclif/core/flags'
import { previewSetup, type SetupRequest } from '../app/account/preview.ts'
import { setUp } from '../app/account/set-up.ts'
import type { SetupPreview, SetupResult } from '../app/results/account.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags, dryRunFlag } from '../cli/flags.ts'
import { formatSetup, formatSetupPreview } from '../ui/results/format-setup.ts'

/** Makes what an account lacks before fleets can live in it, once a region; or takes it away. */
export default class Setup extends CloudCommand<SetupResult | SetupPreview> {
  static override summary = 'Make the network and the node role that fleets need, or take them away'
  static override flags = {
    ...cloudFlags,
    ...dryRunFlag,
    remove: boolean({ summary: 'take away all that setup made in this region' }),
    nat: boolean({
      allowNo: true,
      summary:
        'a NAT gateway as the way out (the default); --no-nat: endpoints of SSM and S3 alone, for images that bring everything',
    }),
    role: boolean({ allowNo: true, default: true, summary: 'make the node role too; --no-role leaves IAM alone' }),
    yes: boolean({ char: 'y', summary: 'do not ask' }),
  }
  static override examples = [
    'What an account lacks, and what it would cost an hour\n<%= config.bin %> setup --cloud aws --dry-run',
    'Take it all away again\n<%= config.bin %> setup --remove --cloud aws',
  ]

  async run(): Promise<SetupResult | SetupPreview> {
    const { flags } = await this.parse(Setup)
    const { connect, console } = await this.open(flags)
    const request = requestFromFlags(flags)
    if (flags['dry-run']) {
      const preview = await previewSetup(request, await connect())
      console.show(preview, (theme) => formatSetupPreview(preview, theme, process.stdout.columns))
      return preview
    }
    const result = await setUp(request, flags.yes, await connect())
    console.show(result, (theme) => formatSetup(result, theme))
    return result
  }
}

/** Throws UsageInvalid for flags that say two things. */
export function requestFromFlags(flags: { remove: boolean; nat?: boolean | undefined; role: boolean }): SetupRequest {
  if (flags.remove && flags.nat !== undefined) {
    throw new MusterError('UsageInvalid', '--remove takes away every way out: it does not go with --nat or --no-nat', {
      suggestions: ['muster setup --remove', 'muster setup --no-nat'],
    })
  }
  return { remove: flags.remove, nat: flags.nat ?? null, role: flags.role }
}
