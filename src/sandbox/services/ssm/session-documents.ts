import { AwsError } from '../../aws-error.ts'

const DEFAULT = 'SSM-SessionManagerRunShell'
const INTERACTIVE = 'AWS-StartInteractiveCommand'

/**
 * What a session's document makes the node run. Throws InvalidDocument for those that the sandbox has not (port forwarding, SSH, commands
 * without a terminal), InvalidParameters for what a document does not take.
 */
export function sessionCommand(
  name: string = DEFAULT,
  parameters: Readonly<Record<string, readonly string[]>> = {},
): { readonly documentName: string; readonly command: string } {
  const bare = name.startsWith('arn:') ? name.slice(name.indexOf('/') + 1) : name
  const given = Object.entries(parameters)
  if (bare === DEFAULT) {
    if (given.length > 0) throw invalid(`${DEFAULT} has no parameter ${given[0]?.[0]}`)
    // The agent starts `sh` where no command is given (shell_unix.go, StartCommandExecutor).
    return { documentName: bare, command: 'exec sh' }
  }
  if (bare !== INTERACTIVE) throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`)
  const unknown = given.find(([key]) => key !== 'command')
  if (unknown) throw invalid(`${INTERACTIVE} has no parameter ${unknown[0]}`)
  const [command = '', ...more] = parameters['command'] ?? []
  if (command.trim() === '' || more.length > 0) throw invalid(`${INTERACTIVE} takes one command`)
  return { documentName: bare, command }
}

const invalid = (why: string): AwsError => new AwsError('InvalidParameters', why)
