/** The sandbox could not be started or stopped. The message says what was tried; `log` is the file that says more. */
export class SandboxError extends Error {
  readonly log: string

  constructor(message: string, log: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'SandboxError'
    this.log = log
  }
}
