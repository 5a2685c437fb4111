import { option } from '@oclif/core/flags'
import { MusterCommand } from '../../cli/command.ts'
import { raiseSandbox, sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'
import { sandboxLines, type SandboxState } from '../../cli/sandbox-lines.ts'

/** Other commands start it by themselves; this one is for other AWS clients. */
export default class SandboxStart extends MusterCommand<SandboxState> {
  static override summary = 'Start the sandbox, or find it running'
  static override flags = {
    nodes: option({
      options: ['auto', 'namespace', 'process', 'simulated'] as const,
      summary: 'what its instances are; auto takes the best kind that works here',
    })(),
  }
  static override examples = [
    'Start it and point the AWS CLI at it\n<%= config.bin %> sandbox start',
    'With nodes that only pretend to run, for large fleets\n<%= config.bin %> sandbox start --nodes simulated',
  ]

  async run(): Promise<SandboxState> {
    const { flags } = await this.parse(SandboxStart)
    const { nodes } = flags
    await raiseSandbox({ env: process.env, signal: new AbortController().signal, ...(nodes && { nodes }) })
    const { sandboxStatus } = await sandboxSupervisor()
    const state = await sandboxStatus(sandboxHome(process.env))
    for (const line of sandboxLines(state)) this.log(line)
    return state
  }
}
