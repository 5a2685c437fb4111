import { AwsError } from '../../aws-error.ts'
import { DOCUMENT } from './documents.ts'
import type { CommandRequest } from './state/command.ts'

type Script = Pick<CommandRequest, 'script' | 'executionTimeoutMs'>

/**
 * From a command's parameters to what the agent runs. Throws InvalidParameters where they are not the document's, and
 * MaxDocumentSizeExceeded above 64 KB: AWS publishes no limit for parameters, but for the document that they become part of.
 */
export function scriptOf(parameters: CommandRequest['parameters']): Script {
  const known = Object.keys(DOCUMENT.parameters)
  const unknown = Object.keys(parameters).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw invalid(`Parameter "${unknown}" is not a parameter of the document; it has ${known.join(', ')}.`)
  const commands = parameters['commands'] ?? []
  if (commands.length < 1) throw invalid('Parameter "commands" must have at least one item.')
  if (Buffer.byteLength(JSON.stringify(parameters)) > MAX_BYTES) {
    throw new AwsError('MaxDocumentSizeExceeded', 'The size limit of a document is 64 KB.')
  }
  const workingDirectory = single(parameters, 'workingDirectory') ?? ''
  if (workingDirectory.length > DOCUMENT.parameters.workingDirectory.maxChars) {
    throw invalid('Parameter "workingDirectory" is longer than 4096 characters.')
  }
  return {
    executionTimeoutMs: executionTimeout(single(parameters, 'executionTimeout')) * 1000,
    script: { text: commands.join('\n'), workingDirectory: workingDirectory === '' ? null : workingDirectory },
  }
}

const MAX_BYTES = 64 * 1024
const DEFAULT_SECONDS = 3600
const LEAST_SECONDS = 5

/** The service checks the pattern; the agent takes less than 5 seconds for the default (pluginutil.ValidateExecutionTimeout). */
function executionTimeout(value: string | undefined): number {
  if (value === undefined) return DEFAULT_SECONDS
  const pattern = DOCUMENT.parameters.executionTimeout.allowedPattern
  if (!new RegExp(`^(?:${pattern})$`).test(value)) {
    throw invalid(`Parameter "executionTimeout" has the value "${value}", which does not match ${pattern}.`)
  }
  return Number(value) < LEAST_SECONDS ? DEFAULT_SECONDS : Number(value)
}

function single(parameters: CommandRequest['parameters'], name: string): string | undefined {
  const values = parameters[name]
  if (values === undefined) return undefined
  if (values.length !== 1)
    throw invalid(`Parameter "${name}" is a String: it takes exactly one value, not ${values.length}.`)
  return values[0]
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameters', message)
}
