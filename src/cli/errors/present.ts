import { inspect } from 'node:util'
import type { MusterError } from '../../core/errors/muster-error.ts'
import { redact } from '../../kit/redact.ts'
import { createTheme, type Theme } from '../../ui/theme.ts'
import { safeJson, safeLines } from './safe-text.ts'

/**
 * An error for people: what failed, what it came from, a blank line, then what to type next. A stack only on request.
 * Always redacted and without control characters: messages carry what a cloud, a node or a file's name says.
 */
export function errorText(error: MusterError, options: { readonly verbose: boolean; readonly theme: Theme }): string {
  const { failed, name } = options.theme
  const lines = [`${failed('error:')} ${safeLines(error.message)}`]
  lines.push(...causes(error).map((cause) => `  cause: ${safeLines(cause)}`))
  const requestId = error.data['requestId']
  if (typeof requestId === 'string') lines.push(`  request id: ${safeLines(requestId)}`)
  if (options.verbose) lines.push('', safeLines(inspect(error, { depth: 4 })))
  if (error.suggestions.length > 0) lines.push('')
  for (const suggestion of error.suggestions) lines.push(`${name('hint:')} ${safeLines(suggestion)}`)
  return redact(`${lines.join('\n')}\n`)
}

/** The same for programs. `exitCode` is what the process ends with. */
export function errorDocument(error: MusterError, exitCode: number): string {
  const document = {
    error: {
      code: error.code,
      message: error.message,
      exitCode,
      suggestions: error.suggestions,
      causes: causes(error),
      data: error.data,
    },
  }
  return redact(`${safeJson(JSON.stringify(document, null, 2))}\n`)
}

/** Prints it where it belongs: the document on stdout under `--json`, words on stderr otherwise. */
export function presentError(
  error: MusterError,
  options: { readonly json: boolean; readonly verbose: boolean; readonly exitCode: number },
): void {
  if (options.json) process.stdout.write(errorDocument(error, options.exitCode))
  else process.stderr.write(errorText(error, { ...options, theme: createTheme(process.stderr, process.env) }))
}

/** The messages of the causes that say something new, outermost first. */
function causes(error: MusterError): string[] {
  const said: string[] = []
  let shown = error.message
  for (let cause = error.cause; cause instanceof Error && said.length < 5; cause = cause.cause) {
    const line = cause.message.split('\n', 1)[0] ?? ''
    if (line !== '' && !shown.includes(line)) said.push(line)
    shown += line
  }
  return said
}
