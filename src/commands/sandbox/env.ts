import { string } from '@oclif/core/flags'
import { MusterCommand } from '../../cli/command.ts'
import { raiseSandbox, sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'
import * as fields from '../../config/schema/fields.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { shellQuote } from '../../kit/shell-quote.ts'

/** Variables that would send an AWS client elsewhere, or with another's keys: the address of one service goes before that of all. */
const IN_THE_WAY = [
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  ...['EC2', 'SSM', 'FSX', 'S3', 'STS', 'IAM', 'PRICING', 'SERVICE_QUOTAS'].map(
    (service) => `AWS_ENDPOINT_URL_${service}`,
  ),
]

/**
 * For `eval` in a POSIX shell. It starts the sandbox where none runs: with nothing to print, the shell would keep its real AWS
 * keys, and whoever believes to be in the sandbox would not be.
 */
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
    await raiseSandbox({ env: process.env, signal: new AbortController().signal })
    const { sandboxEnvironment } = await sandboxSupervisor()
    const variables = await sandboxEnvironment(home, flags.region)
    this.log(`unset ${IN_THE_WAY.join(' ')}`)
    for (const [name, value] of Object.entries(variables)) this.log(`export ${name}=${shellQuote(value)}`)
    return variables
  }
}
