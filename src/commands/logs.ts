import { string } from '@oclif/core/args'
import { boolean, integer, option, string as stringFlag } from '@oclif/core/flags'
import { readLogs } from '../app/logs/read-logs.ts'
import { runOf, runOnceBegun } from '../app/queue/run-of.ts'
import type { LogsRequest } from '../app/requests.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { logOutput } from '../cli/log-output.ts'

type LogsResult = Awaited<ReturnType<typeof readLogs>>

/** A job's output, from the bucket: also while it runs, after its fleet is gone, and from another laptop. */
export default class Logs extends CloudCommand<LogsResult> {
  static override summary = "Print a job's output, or follow it while the job runs"
  static override args = {
    job: string({ description: 'a job by its id or name, or JOB.TASK; the newest job where none is named' }),
  }
  static override flags = {
    ...cloudFlags,
    follow: boolean({ char: 'f', summary: 'go on until the job has ended' }),
    rank: integer({ summary: 'only this MPI rank', min: 0, helpValue: 'N', exclusive: ['node'] }),
    node: stringFlag({ summary: 'only this node, such as node-1', helpValue: 'NODE' }),
    stream: option({ options: ['stdout', 'stderr'] as const, summary: 'only this stream' })(),
    timestamps: boolean({ summary: 'when each line was sent, before it' }),
  }
  static override examples = [
    'Follow the newest job\n<%= config.bin %> logs --follow',
    'What rank 3 of one job wrote to stderr\n<%= config.bin %> logs heat-20261123-143205-k7f2 --rank 3 --stream stderr',
  ]

  protected override readonly isReader = true

  async run(): Promise<LogsResult> {
    const { args, flags } = await this.parse(Logs)
    const { connect, console } = await this.open(flags)
    const { output, end } = logOutput(console.output, flags.timestamps)
    const services = await connect()
    const find = flags.follow ? runOnceBegun : runOf
    const run = args.job === undefined ? undefined : await find(args.job, 'muster logs', services)
    const result = await readLogs({ ...requestFromFlags(run, flags), output }, services)
    await end()
    console.show(result, () => [])
    return result
  }
}

interface LogsFlags {
  readonly follow: boolean
  readonly rank?: number | undefined
  readonly node?: string | undefined
  readonly stream?: 'stdout' | 'stderr' | undefined
}

export function requestFromFlags(job: string | undefined, flags: LogsFlags): Omit<LogsRequest, 'output'> {
  const { follow, rank = null, node = null, stream = null } = flags
  return { job: job ?? null, follow, rank, node, stream }
}
