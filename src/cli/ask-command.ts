import { string } from '@oclif/core/args'
import { askOfTasks, type Ask, type AskResult } from '../app/queue/ask-of-tasks.ts'
import { formatAsk } from '../ui/results/queue/format-ask.ts'
import type { CloudFlags } from './cloud-command.ts'
import { QueueCommand } from './queue-command.ts'

/** The argument of commands that take a job of the queue, or one task of it. */
export const jobArgument = (required: boolean) =>
  string({ description: 'a job by its id or name, or JOB.TASK for one task of an array', required })

/** A command that asks one thing of a job's tasks. */
export abstract class AskCommand extends QueueCommand<AskResult> {
  protected async ask(ask: Ask, name: string | null, flags: CloudFlags): Promise<AskResult> {
    const { services, console } = await this.openQueue(flags)
    const result = await askOfTasks(ask, name, services)
    console.show(result, (theme) => formatAsk(result, theme))
    return result
  }
}
