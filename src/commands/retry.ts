import type { AskResult } from '../app/queue/ask-of-tasks.ts'
import { AskCommand, jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'

/** Only what was not done is run again; what is done stays. */
export default class Retry extends AskCommand {
  static override summary = 'Run tasks again that failed, were cancelled or lost, or reached their time limit'
  static override args = { job: jobArgument(true) }
  static override flags = cloudFlags
  static override examples = [
    'All tasks of an array that were not done\n<%= config.bin %> retry heat-20261123-143205-k7f2',
    'One task of an array alone\n<%= config.bin %> retry heat-20261123-143205-k7f2.17',
  ]

  async run(): Promise<AskResult> {
    const { args, flags } = await this.parse(Retry)
    return this.ask('retry', args.job ?? null, flags)
  }
}
