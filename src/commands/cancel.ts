import { boolean } from '@oclif/core/flags'
import type { AskResult } from '../app/queue/ask-of-tasks.ts'
import { AskCommand, jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { MusterError } from '../core/errors/muster-error.ts'

/** What waits ends at once; what runs is ended on its nodes. */
export default class Cancel extends AskCommand {
  static override summary = 'Cancel a job, one task of it, or everything that waits and runs'
  static override args = { job: jobArgument(false) }
  static override flags = {
    ...cloudFlags,
    all: boolean({ summary: 'every job that has not ended; with --yes', default: false }),
    yes: boolean({ char: 'y', summary: 'do not ask', default: false }),
  }
  static override examples = [
    'One task of an array\n<%= config.bin %> cancel heat-20261123-143205-k7f2.17',
    'Everything\n<%= config.bin %> cancel --all --yes',
  ]

  async run(): Promise<AskResult> {
    const { args, flags } = await this.parse(Cancel)
    return this.ask('cancel', nameFromFlags(args.job, flags), flags)
  }
}

/** Null is everything. @throws MusterError UsageInvalid, Declined. */
export function nameFromFlags(
  job: string | undefined,
  { all, yes }: { readonly all: boolean; readonly yes: boolean },
): string | null {
  if (job !== undefined && all) {
    throw new MusterError('UsageInvalid', `--all cancels every job: it does not go with ${job}`, {
      suggestions: [`muster cancel ${job}`, 'muster cancel --all --yes'],
    })
  }
  if (job !== undefined) return job
  if (!all) {
    throw new MusterError('UsageInvalid', 'which job is to be cancelled was not said', {
      suggestions: ['muster jobs', 'muster cancel --all --yes'],
    })
  }
  if (yes) return null
  throw new MusterError('Declined', 'every job that waits or runs would be cancelled; nothing was', {
    suggestions: ['muster jobs', 'muster cancel --all --yes'],
  })
}
