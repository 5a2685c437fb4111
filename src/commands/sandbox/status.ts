import { MusterCommand } from '../../cli/command.ts'
import { sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'
import { sandboxLines, type SandboxState } from '../../cli/sandbox-lines.ts'

/** Only looks: nothing is started. */
export default class SandboxStatus extends MusterCommand<SandboxState> {
  static override summary = 'Show whether the sandbox runs, where, and with which nodes'
  static override examples = [
    'Is it running?\n<%= config.bin %> sandbox status',
    'Its endpoint, for a program\n<%= config.bin %> sandbox status --json',
  ]

  async run(): Promise<SandboxState> {
    await this.parse(SandboxStatus)
    const { sandboxStatus } = await sandboxSupervisor()
    const state = await sandboxStatus(sandboxHome(process.env))
    for (const line of sandboxLines(state)) this.log(line)
    return state
  }
}
