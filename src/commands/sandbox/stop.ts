import { MusterCommand } from '../../cli/command.ts'
import { sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'

/** Nothing outlives it: no process, namespace, mount, bridge or temporary file. */
export default class SandboxStop extends MusterCommand<{ readonly stopped: boolean }> {
  static override summary = 'Stop the sandbox and end its instances; what is in its S3 stays'
  static override examples = [
    'Stop it\n<%= config.bin %> sandbox stop',
    'Learn whether one ran\n<%= config.bin %> sandbox stop --json',
  ]

  async run(): Promise<{ readonly stopped: boolean }> {
    await this.parse(SandboxStop)
    const { stopSandbox } = await sandboxSupervisor()
    const result = await stopSandbox(sandboxHome(process.env))
    this.log(result.stopped ? 'the sandbox is stopped' : 'no sandbox was running')
    return result
  }
}
