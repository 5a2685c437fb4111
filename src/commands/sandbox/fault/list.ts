import { MusterCommand } from '../../../cli/command.ts'
import { faultLines, sandboxFaults, type SandboxFaults } from '../../../cli/sandbox-faults.ts'

/** What is used up is not there any more. */
export default class SandboxFaultList extends MusterCommand<SandboxFaults> {
  static override summary = 'List the faults that still wait in the sandbox'
  static override examples = [
    'What is still to come?\n<%= config.bin %> sandbox fault list',
    'The same for a program\n<%= config.bin %> sandbox fault list --json',
  ]

  async run(): Promise<SandboxFaults> {
    await this.parse(SandboxFaultList)
    const faults = await (await sandboxFaults(process.env)).list()
    for (const line of faultLines(faults)) this.log(line)
    return faults
  }
}
