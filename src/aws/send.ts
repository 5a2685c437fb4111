import { toMusterError } from './error-map.ts'
import type { CallContext } from './error-words.ts'

/** A client of the SDK whose every failure is a MusterError that names the operation; `send` is the client's own, by type. */
export interface Caller<C extends { send: unknown }> {
  readonly send: C['send']
  readonly context: (operation: string) => CallContext
}

interface AnyClient {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>
}

/** Wraps a client. An aborted call rejects with the signal's own reason, as everything else here does. */
export function caller<C extends { send: unknown }>(client: C, about: Omit<CallContext, 'operation'>): Caller<C> {
  const context = (operation: string) => ({ ...about, operation })
  async function send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown> {
    try {
      return await (client as unknown as AnyClient).send(command, options)
    } catch (error) {
      options?.abortSignal?.throwIfAborted()
      throw toMusterError(error, context(operationOf(command)))
    }
  }
  return { send, context }
}

/** `DescribeInstances` for a DescribeInstancesCommand. */
function operationOf(command: object): string {
  return command.constructor.name.replace(/Command\d*$/, '')
}
