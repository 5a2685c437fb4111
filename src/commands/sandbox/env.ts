import { string } from '@oclif/core/flags'
import { MusterCommand } from '../../cli/command.ts'
import { sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'
import * as fields from '../../config/schema/fields.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { shellQuote } from '../../kit/shell-quote.ts'

/** Variables that would send an AWS client elsewhere, or with another's keys. */
const IN_THE_WAY = ['AWS_SESSION_TOKEN', 'AWS_PROFILE']

/** For `eval` in a POSIX shell. */
export default class SandboxEnv extends MusterCommand<Readonly<Record<string, string>>> {
  static override summary = 'Print what points any AWS client at the sandbox, for eval'
  static override flags = { region: string({ summary: 'AWS region', default: 'us-east-1', helpValue: 'REGION' }) }
  static override examples = [
    'Use the AWS CLI with the sandbox\neval "$(<%= config.bin %> sandbox env)"',
    'The same for a program\n<%= config.bin %> sandbox env --json',
  ]

  async run(): Promise<Readonly<Record<string, string>>> {
    const { flags } = await this.parse(SandboxEnv)
    const region = fields.region.safeParse(flags.region)
    if (!region.success) {
      const why = region.error.issues[0]?.message
      throw new MusterError('UsageInvalid', `--region: ${JSON.stringify(flags.region)} is not right; it ${why}`)
    }
    const home = sandboxHome(process.env)
    const { sandboxEnvironment, sandboxStatus } = await sandboxSupervisor()
    if ((await sandboxStatus(home)).state !== 'running') {
      throw new MusterError('SandboxNotRunning', `no sandbox runs in ${home}`)
    }
    const variables = await sandboxEnvironment(home, flags.region)
    this.log(`unset ${IN_THE_WAY.join(' ')}`)
    for (const [name, value] of Object.entries(variables)) this.log(`export ${name}=${shellQuote(value)}`)
    return variables
  }
}
