import { isAwsClass, toMusterError } from './error-map.ts'
import type { CallContext } from './error-words.ts'

/** A client of the SDK whose every failure is a MusterError that names the operation; `send` is the client's own, by type. */
export interface Caller<C extends { send: unknown }> {
  readonly send: C['send']
  readonly context: (operation: string) => CallContext
}

interface AnyClient {
  /** The SDK's own, which remembers what it has found. */
  readonly config?: { readonly credentials?: (options?: { readonly forceRefresh?: boolean }) => Promise<unknown> }
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
}

/**
 * Wraps a client. An aborted call rejects with the signal's own reason, as everything else here does; one that has no whole
 * answer after `deadlineMs` (0: no limit) as one that cannot reach the cloud: an answer that trickles would never end.
 */
export function caller<C extends { send: unknown }>(
  client: C,
  about: Omit<CallContext, 'operation'>,
  deadlineMs = 0,
): Caller<C> {
  const context = (operation: string) => ({ ...about, operation })
  async function send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown> {
    const deadline = deadlineMs > 0 ? AbortSignal.timeout(deadlineMs) : undefined
    const signals = [options?.abortSignal, deadline].filter((signal) => signal !== undefined)
    try {
      const abortSignal = signals.length > 1 ? AbortSignal.any(signals) : signals[0]
      return await (client as unknown as AnyClient).send(command, abortSignal && { ...options, abortSignal })
    } catch (error) {
      options?.abortSignal?.throwIfAborted()
      const mapped = toMusterError(deadline?.aborted === true ? late(deadlineMs) : error, context(operationOf(command)))
      if (isAwsClass(mapped, 'expired-credentials', 'no-credentials')) await readAnew(client as unknown as AnyClient)
      throw mapped
    }
  }
  return { send, context }
}

/** The next call finds what a new login has brought. What cannot be read is told by that call. */
async function readAnew({ config }: AnyClient): Promise<void> {
  try {
    await config?.credentials?.({ forceRefresh: true })
  } catch {
    // Still none.
  }
}

function late(deadlineMs: number): Error {
  return Object.assign(new Error(`no whole answer in ${deadlineMs / 1000} s`), { code: 'ETIMEDOUT' })
}

/** `DescribeInstances` for a DescribeInstancesCommand. */
function operationOf(command: object): string {
  return command.constructor.name.replace(/Command\d*$/, '')
}
