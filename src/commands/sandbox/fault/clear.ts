import { MusterCommand } from '../../../cli/command.ts'
import { sandboxFaults, type SandboxFaults } from '../../../cli/sandbox-faults.ts'

/** What a fault has done already stays done. */
export default class SandboxFaultClear extends MusterCommand<SandboxFaults> {
  static override summary = 'Clear all faults of the sandbox'
  static override examples = [
    'Good weather again\n<%= config.bin %> sandbox fault clear',
    'The same for a program\n<%= config.bin %> sandbox fault clear --json',
  ]

  async run(): Promise<SandboxFaults> {
    await this.parse(SandboxFaultClear)
    await (await sandboxFaults(process.env)).clear()
    this.log('no faults are scripted')
    return []
  }
}
