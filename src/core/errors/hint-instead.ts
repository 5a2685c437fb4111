import { ERRORS, type ErrorCode } from './codes.ts'
import { isMusterError, MusterError } from './muster-error.ts'

/** The default hint of some codes has a word in capitals for what only the use case knows. */
const PLACEHOLDER = /\b(?:FLEET|JOB|COMMAND)\b/

/** The error with `hint` where it would only have its code's default hint with a placeholder in it; any other as it is. */
export function hintInstead(error: unknown, hint: string): unknown {
  if (!isMusterError(error)) return error
  const byDefault = ERRORS[error.code].suggest
  if (!PLACEHOLDER.test(byDefault) || error.suggestions.join('\n') !== byDefault) return error
  const { code, message, cause, data, exitCode } = error
  return new MusterError(code, message, { cause, data, exitCode, suggestions: [hint] })
}

/** The error with one more hint, where it is of one of the codes and has not got it. */
export function alsoHint(error: unknown, hint: string, ...codes: readonly ErrorCode[]): unknown {
  if (!isMusterError(error, ...codes) || error.suggestions.includes(hint)) return error
  const { code, message, cause, data, exitCode, suggestions } = error
  return new MusterError(code, message, { cause, data, exitCode, suggestions: [...suggestions, hint] })
}
