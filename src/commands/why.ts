import { describeJob, type DescribedTask } from '../app/queue/describe-job.ts'
import { jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { QueueCommand } from '../cli/queue-command.ts'
import { formatWhy } from '../ui/results/queue/format-why.ts'

/** The answer to the question that everybody asks of a queue. */
export default class Why extends QueueCommand<readonly DescribedTask[]> {
  static override summary = 'Say why a job waits or why it failed, and what to type next'
  static override args = { job: jobArgument(true) }
  static override flags = cloudFlags
  static override examples = [
    'Why does this task wait?\n<%= config.bin %> why heat-20261123-143205-k7f2.17',
    'Why did this job fail, for a program\n<%= config.bin %> why heat-20261123-143205-k7f2 --json',
  ]

  async run(): Promise<readonly DescribedTask[]> {
    const { args, flags } = await this.parse(Why)
    const { console, services } = await this.openQueue(flags)
    const { shown, retryFirst } = await describeJob(args.job ?? '', 'muster why', services)
    console.show(shown, (theme) => formatWhy(shown, { theme, now: services.clock.now(), retryFirst }))
    return shown
  }
}
