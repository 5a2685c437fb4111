import type { AskResult } from '../app/queue/ask-of-tasks.ts'
import { AskCommand, jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'

/** What runs goes on. */
export default class Hold extends AskCommand {
  static override summary = 'Let waiting tasks wait until they are released'
  static override args = { job: jobArgument(true) }
  static override flags = cloudFlags
  static override examples = [
    'Let a job wait\n<%= config.bin %> hold heat-20261123-143205-k7f2',
    'Let one task of an array wait\n<%= config.bin %> hold heat-20261123-143205-k7f2.17',
  ]

  async run(): Promise<AskResult> {
    const { args, flags } = await this.parse(Hold)
    return this.ask('hold', args.job ?? null, flags)
  }
}
