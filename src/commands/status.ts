import { boolean } from '@oclif/core/flags'
import type { StatusResult } from '../app/results.ts'
import { readStatus } from '../app/status/status.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'
import { formatStatus } from '../ui/results/format-status.ts'

/** What exists and what runs, read from the cloud and nowhere else. */
export default class Status extends CloudCommand<StatusResult> {
  static override summary = 'Show fleets with their nodes, and the newest jobs'
  static override flags = {
    ...cloudFlags,
    nodes: boolean({ summary: 'every node with its rank, zone, topology, purchase and stage', default: false }),
  }
  static override examples = [
    'What is up in the sandbox\n<%= config.bin %> status',
    'The same of AWS for a program\n<%= config.bin %> status --cloud aws --json',
  ]

  protected override readonly isReader = true

  async run(): Promise<StatusResult> {
    const { flags } = await this.parse(Status)
    const { connect, console } = await this.open(flags)
    const result = await readStatus(await connect())
    console.show(result, (theme) =>
      formatStatus(result, { theme, now: Date.now(), columns: process.stdout.columns, nodes: flags.nodes }),
    )
    return result
  }
}
