import { shareOf, concurrencyOf } from './rate.ts'
import { verdict } from './status.ts'
import type { Verdict } from './status.ts'

/** A command as it was sent, and what became of it on every node. Times are milliseconds since the epoch. */
export interface Command extends CommandRequest {
  readonly id: string
  readonly region: string
  readonly requestedAt: number
  /** Delivery plus execution timeout after the request: what has not reported by then never will. */
  readonly expiresAt: number
  readonly invocations: readonly Invocation[]
  /** How many nodes may hold it at once. */
  readonly concurrency: number
  /** With more errors than this no further node gets it. */
  readonly errorsAllowed: number
  cancelled: boolean
}

export interface CommandRequest {
  readonly documentVersion: string
  readonly comment: string
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly instanceIds: readonly string[]
  readonly targets: readonly Target[]
  readonly maxConcurrency: string
  readonly maxErrors: string
  readonly timeoutMs: number
  readonly executionTimeoutMs: number
  readonly script: { readonly text: string; readonly workingDirectory: string | null }
  /** Kept and shown, otherwise without effect: see BEHAVIOUR.md. */
  readonly stored: StoredOptions
}

export interface Target {
  readonly Key?: string | undefined
  readonly Values?: readonly string[] | undefined
}

export interface StoredOptions {
  readonly bucket: string
  readonly keyPrefix: string
  readonly serviceRole: string
  readonly notification: object
  readonly cloudWatch: object
}

export interface Invocation {
  readonly instanceId: string
  readonly instanceName: string
  verdict: Verdict
  /** Whether the node may have it: before, it waits for MaxConcurrency. */
  sent: boolean
  startedAt: number | null
  endedAt: number | null
  /** -1 before the end, and where no agent ever reported one. */
  exitCode: number
  stdout: string
  stderr: string
  /** Takes the delivery timeout back. */
  stopDeliveryTimer: () => void
}

export function createCommand(
  request: CommandRequest,
  where: { readonly id: string; readonly region: string; readonly now: number },
  nodes: readonly { readonly instanceId: string; readonly hostname: string }[],
): Command {
  return {
    ...request,
    id: where.id,
    region: where.region,
    requestedAt: where.now,
    expiresAt: where.now + request.timeoutMs + request.executionTimeoutMs,
    concurrency: concurrencyOf(request.maxConcurrency, nodes.length),
    errorsAllowed: shareOf(request.maxErrors, nodes.length),
    cancelled: false,
    invocations: nodes.map(({ instanceId, hostname }) => ({
      instanceId,
      instanceName: hostname,
      verdict: verdict('Pending'),
      sent: false,
      startedAt: null,
      endedAt: null,
      exitCode: -1,
      stdout: '',
      stderr: '',
      stopDeliveryTimer: () => {},
    })),
  }
}
