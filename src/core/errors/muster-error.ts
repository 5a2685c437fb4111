import { ERRORS, type ErrorCode } from './codes.ts'

export interface MusterErrorOptions {
  readonly cause?: unknown
  /** Commands to type or exact edits, the best first. */
  readonly suggestions?: readonly string[]
  /** What a program would want to know: ids, request id, operation, region. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly exitCode?: number
}

/**
 * The only error that a user is meant to see. `message` is lower case without a full stop: what was tried, what was
 * wrong, and the limit. Everything else that is thrown is a bug and is shown as one.
 */
export class MusterError extends Error {
  readonly code: ErrorCode
  readonly suggestions: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  readonly exitCode: number

  constructor(code: ErrorCode, message: string, options: MusterErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'MusterError'
    this.code = code
    this.suggestions = options.suggestions ?? [ERRORS[code].suggest]
    this.data = options.data ?? {}
    this.exitCode = options.exitCode ?? ERRORS[code].exit
  }
}

/** Narrows anything caught to a MusterError, with one of the given codes where some are given. */
export function isMusterError(error: unknown, ...codes: readonly ErrorCode[]): error is MusterError {
  return error instanceof MusterError && (codes.length === 0 || codes.includes(error.code))
}
