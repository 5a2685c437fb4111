import type { AskResult } from '../app/queue/ask-of-tasks.ts'
import { AskCommand, jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'

/** What is held waits from now on like any other. */
export default class Release extends AskCommand {
  static override summary = 'Let held tasks run'
  static override args = { job: jobArgument(true) }
  static override flags = cloudFlags
  static override examples = [
    'Let a job run that was submitted with --hold\n<%= config.bin %> release heat-20261123-143205-k7f2',
    'Let one task of an array run\n<%= config.bin %> release heat-20261123-143205-k7f2.17',
  ]

  async run(): Promise<AskResult> {
    const { args, flags } = await this.parse(Release)
    return this.ask('release', args.job ?? null, flags)
  }
}
