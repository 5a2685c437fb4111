import { boolean } from '@oclif/core/flags'
import { MusterCommand } from '../../cli/command.ts'
import { sandboxHome, sandboxSupervisor } from '../../cli/compose.ts'
import { terminalPrompter } from '../../cli/prompter.ts'
import { MusterError } from '../../core/errors/muster-error.ts'

/** Logs and outputs of all jobs are in the sandbox's S3: whoever sits at a terminal is asked. */
export default class SandboxReset extends MusterCommand<{ readonly stopped: boolean }> {
  static override summary = 'Stop the sandbox and delete all that it holds, the logs of jobs too'
  static override flags = { yes: boolean({ char: 'y', summary: 'do not ask' }) }
  static override examples = [
    'Begin anew\n<%= config.bin %> sandbox reset',
    'Without a question\n<%= config.bin %> sandbox reset --yes',
  ]

  async run(): Promise<{ readonly stopped: boolean }> {
    const { flags } = await this.parse(SandboxReset)
    const home = sandboxHome(process.env)
    if (!flags.yes) await confirm(home)
    const { resetSandbox } = await sandboxSupervisor()
    const result = await resetSandbox(home)
    this.log('the sandbox is empty')
    return result
  }
}

async function confirm(home: string): Promise<void> {
  const choices = [
    { value: 'yes', label: 'delete it' },
    { value: 'no', label: 'keep it' },
  ] as const
  const question = `delete everything in ${home}, also the logs and outputs of jobs?`
  const answer = await terminalPrompter(process, () => () => {}).choose(question, choices, 'yes')
  if (answer === 'no') throw new MusterError('Declined', 'nothing was deleted')
}
