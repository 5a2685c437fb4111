import { boolean } from '@oclif/core/flags'
import { readQueueState, type QueueState } from '../app/queue/queue-state.ts'
import type { StatusResult } from '../app/results/status.ts'
import { readStatus } from '../app/status/status.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { formatStatus } from '../ui/results/format-status.ts'
import { formatQueueState } from '../ui/results/queue/format-queue-state.ts'

type Shown = StatusResult & { readonly queue: QueueState | null }

/** What exists and what runs, read from the cloud, and how this machine's queue stands. */
export default class Status extends CloudCommand<Shown> {
  static override summary = 'Show fleets with their nodes, the newest jobs, and who works the queue'
  static override flags = {
    ...cloudFlags,
    nodes: boolean({ summary: 'every node with its rank, zone, topology, purchase and stage', default: false }),
  }
  static override examples = [
    'What is up in the sandbox\n<%= config.bin %> status',
    'The same of AWS for a program\n<%= config.bin %> status --cloud aws --json',
  ]

  protected override readonly isReader = true

  async run(): Promise<Shown> {
    const { flags } = await this.parse(Status)
    const { connect, console } = await this.open(flags)
    const services = await connect()
    const [status, queue] = await Promise.all([readStatus(services), readQueueState(services)])
    const result = { ...status, queue }
    const now = Date.now()
    console.show(result, (theme) => [
      ...formatStatus(status, { theme, now, columns: process.stdout.columns, nodes: flags.nodes }),
      ...formatQueueState(queue, now),
    ])
    return result
  }
}
