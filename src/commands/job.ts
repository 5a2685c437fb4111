import { describeJob, type JobDescription } from '../app/queue/describe-job.ts'
import { jobArgument } from '../cli/ask-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { QueueCommand } from '../cli/queue-command.ts'
import { formatJob } from '../ui/results/queue/format-job.ts'

/** All that the queue knows of a job or task. */
export default class Job extends QueueCommand<JobDescription> {
  static override summary = 'Show everything about a job, or one task of it: attempts, nodes, times, history'
  static override args = { job: jobArgument(true) }
  static override flags = cloudFlags
  static override examples = [
    'A job with all its tasks\n<%= config.bin %> job heat-20261123-143205-k7f2',
    'What happened to one task\n<%= config.bin %> job heat-20261123-143205-k7f2.17',
  ]

  async run(): Promise<JobDescription> {
    const { args, flags } = await this.parse(Job)
    const { settings, console, services } = await this.openQueue(flags)
    const result = await describeJob(args.job ?? '', 'muster job', services)
    const now = services.clock.now()
    console.show(result, (theme) =>
      formatJob(result, { theme, now, cloud: settings.cloud, columns: process.stdout.columns }),
    )
    return result
  }
}
