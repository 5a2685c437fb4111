import type { StatusResult } from '../app/results.ts'
import { readStatus } from '../app/status/status.ts'
import { CloudCommand } from '../cli/cloud-command.ts'
import { cloudFlags } from '../cli/flags.ts'

/** What exists and what runs, read from the cloud and nowhere else. */
export default class Status extends CloudCommand<StatusResult> {
  static override summary = 'Show fleets with their nodes, and the newest jobs'
  static override flags = cloudFlags
  static override examples = [
    'What is up in the sandbox\n<%= config.bin %> status',
    'The same of AWS for a program\n<%= config.bin %> status --cloud aws --json',
  ]

  async run(): Promise<StatusResult> {
    const { flags } = await this.parse(Status)
    const result = await readStatus(await this.connect(await this.settings(flags)))
    await this.show('status', result)
    return result
  }
}
