import { AwsError } from '../../aws-error.ts'

/**
 * The one document of the sandbox, AWS's own AWS-RunShellScript: its parameters and their patterns are as GetDocument gives
 * them on AWS (schema 1.2, so that the plugin's name is `aws:runShellScript`).
 */
export const RUN_SHELL_SCRIPT = 'AWS-RunShellScript'
export const PLUGIN_NAME = 'aws:runShellScript'

export const DOCUMENT = {
  schemaVersion: '1.2',
  description: 'Run a shell script or specify the commands to run.',
  parameters: {
    commands: {
      type: 'StringList',
      description: '(Required) Specify a shell script or a command to run.',
      minItems: 1,
      displayType: 'textarea',
    },
    workingDirectory: {
      type: 'String',
      default: '',
      description: '(Optional) The path to the working directory on your instance.',
      maxChars: 4096,
    },
    executionTimeout: {
      type: 'String',
      default: '3600',
      description:
        '(Optional) The time in seconds for a command to complete before it is considered to have failed. Default is 3600 (1 hour). Maximum is 172800 (48 hours).',
      allowedPattern: '([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{4})|(172[0-7][0-9]{3})|(172800)',
    },
  },
  runtimeConfig: {
    [PLUGIN_NAME]: {
      properties: [
        {
          id: '0.aws:runShellScript',
          runCommand: '{{ commands }}',
          workingDirectory: '{{ workingDirectory }}',
          timeoutSeconds: '{{ executionTimeout }}',
        },
      ],
    },
  },
} as const

/**
 * The version that a request means; names and ARNs (`arn:aws:ssm:REGION::document/NAME`) are taken.
 * Throws InvalidDocument for every other document, InvalidDocumentVersion for every version but the first.
 */
export function documentVersionOf(name: string, version: string | undefined, region: string): string {
  const bare = name.startsWith('arn:') ? name.slice(name.indexOf('/') + 1) : name
  const isArn = name === `arn:aws:ssm:${region}::document/${bare}`
  if (bare !== RUN_SHELL_SCRIPT || (bare !== name && !isArn)) {
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`)
  }
  if (version !== undefined && !['$DEFAULT', '$LATEST', '1'].includes(version)) {
    throw new AwsError('InvalidDocumentVersion', 'The document version is not valid or does not exist.')
  }
  return version === '$LATEST' || version === '$DEFAULT' ? version : '1'
}
