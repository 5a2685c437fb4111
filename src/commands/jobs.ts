import { boolean, integer, option, string } from '@oclif/core/flags'
import { listJobs, type JobsRequest, type JobsResult } from '../app/queue/list-jobs.ts'
import { cloudFlags } from '../cli/flags.ts'
import { QueueCommand } from '../cli/queue-command.ts'
import { OPEN_STATES, type TaskState } from '../core/queue/task-view.ts'
import { formatJobs } from '../ui/results/queue/format-jobs.ts'

const STATES = [...OPEN_STATES, 'done', 'failed', 'cancelled', 'time-limit', 'lost'] as const

/** The queue, from this machine's store alone. */
export default class Jobs extends QueueCommand<JobsResult> {
  static override summary = 'Show the jobs of the queue, the newest first, and why they wait'
  static override flags = {
    ...cloudFlags,
    fleet: string({ summary: 'only jobs of this fleet', helpValue: 'FLEET' }),
    state: option({
      options: STATES,
      summary: 'only jobs with tasks in this state',
      multiple: true,
      multipleNonGreedy: true,
    })(),
    all: boolean({ summary: 'all that the store holds', default: false, exclusive: ['limit'] }),
    limit: integer({ summary: 'at most so many; 20 where nothing is said', min: 1, helpValue: 'N' }),
  }
  static override examples = [
    'What waits and runs, and what ended lately\n<%= config.bin %> jobs',
    'Only what failed\n<%= config.bin %> jobs --state failed --state time-limit --all',
  ]

  async run(): Promise<JobsResult> {
    const { flags } = await this.parse(Jobs)
    const { settings, console, services } = await this.openQueue(flags)
    const result = await listJobs(requestFromFlags(flags), services)
    const now = services.clock.now()
    console.show(result, (theme) =>
      formatJobs(result, { theme, now, cloud: settings.cloud, columns: process.stdout.columns }),
    )
    return result
  }
}

interface JobsFlags {
  readonly fleet?: string | undefined
  readonly state?: readonly TaskState[] | undefined
  readonly all: boolean
  readonly limit?: number | undefined
}

export function requestFromFlags({ fleet, state, all, limit }: JobsFlags): JobsRequest {
  return {
    fleet: fleet ?? null,
    states: state === undefined || state.length === 0 ? null : state,
    limit: all ? 1_000_000 : (limit ?? 20),
  }
}
