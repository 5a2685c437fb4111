import { CancelCommandCommand } from '@aws-sdk/client-ssm'
import pLimit from 'p-limit'
import type { RemoteResult, RemoteScript } from '../../ports/remote-exec.ts'
import { chunks } from '../pages.ts'
import { poll } from '../poll.ts'
import { watchAway } from './away.ts'
import { invocations, nothing, outcomeOf, resultOf, shownResult } from './results.ts'
import { deliverySeconds, sendCommand, type Sent } from './send-command.ts'
import type { Ssm } from './ssm.ts'

/** AWS's limit of nodes a command. */
const NODES_A_COMMAND = 50
/** Run Command's throttle is not published; this stays well clear of what has been seen. */
const READS_AT_ONCE = 8
/** What AWS may take beyond the time limits to say that they have passed. */
const GRACE_S = 30

/** One script on all nodes; results in the order of `nodeIds`. */
export async function run(
  ssm: Ssm,
  nodeIds: readonly string[],
  script: RemoteScript,
  signal?: AbortSignal,
): Promise<readonly RemoteResult[]> {
  signal?.throwIfAborted()
  const limit = pLimit(READS_AT_ONCE)
  const results = await Promise.all(
    chunks(nodeIds, NODES_A_COMMAND).map((ids) => runOnSome(ssm, ids, script, limit, signal)),
  )
  const byNode = new Map(results.flat().map((one) => [one.nodeId, one]))
  return nodeIds.map((id) => byNode.get(id) ?? nothing(id, 'undelivered'))
}

/** One command for 50 nodes, and nothing asked about it afterwards. */
export async function tell(ssm: Ssm, nodeIds: readonly string[], script: RemoteScript): Promise<void> {
  await Promise.all(chunks(nodeIds, NODES_A_COMMAND).map((ids) => sendCommand(ssm, ids, script)))
}

async function runOnSome(
  ssm: Ssm,
  nodeIds: readonly string[],
  script: RemoteScript,
  limit: ReturnType<typeof pLimit>,
  signal?: AbortSignal,
): Promise<RemoteResult[]> {
  const sent = await sendCommand(ssm, nodeIds, script, signal)
  const { commandId } = sent
  const unreached = sent.unreached.map((id) => nothing(id, 'undelivered'))
  if (commandId === null) return unreached
  try {
    const outcomes = await outcomesOf(ssm, { ...sent, commandId }, script, signal)
    const reached = await Promise.all(
      [...outcomes].map(([id, { outcome, shown }]) =>
        limit(async () => shown ?? resultOf(ssm, commandId, id, outcome)),
      ),
    )
    return [...unreached, ...reached]
  } catch (error) {
    if (signal?.aborted) await cancel(ssm, commandId)
    throw error
  }
}

interface Ended {
  readonly outcome: RemoteResult['outcome']
  /** All that there is to know, where the listing showed it. */
  readonly shown: RemoteResult | null
}

/**
 * Waits until it has ended everywhere. A node that vanishes never reports: once its agent is away, or after all time limits, it counts as
 * timed out.
 */
async function outcomesOf(
  ssm: Ssm,
  sent: Sent & { readonly commandId: string },
  script: RemoteScript,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Ended>> {
  const ended = new Map<string, Ended>()
  const awayOf = watchAway(ssm)
  let started: ReadonlySet<string> = new Set()
  const withinMs = 1000 * (deliverySeconds(script) + Math.max(5, script.timeoutS) + GRACE_S)
  await poll(
    ssm.settings,
    withinMs,
    async () => {
      const seen = await invocations(ssm, sent.commandId)
      for (const [id, invocation] of seen) {
        const outcome = outcomeOf(invocation)
        if (outcome !== null) ended.set(id, { outcome, shown: shownResult(invocation, outcome) })
      }
      started = new Set([...seen].filter(([, one]) => one.Status === 'InProgress').map(([id]) => id))
      const left = sent.nodeIds.filter((id) => !ended.has(id))
      if (left.length === 0) return true
      const away = await awayOf(left)
      return away.length === left.length ? true : undefined
    },
    signal,
  )
  return new Map(
    sent.nodeIds.map((id) => {
      const unseen = { outcome: started.has(id) ? ('timed-out' as const) : ('undelivered' as const), shown: null }
      return [id, ended.get(id) ?? unseen] as const
    }),
  )
}

/** Best effort: a node that does not ask for its commands never hears of it. */
async function cancel(ssm: Ssm, commandId: string): Promise<void> {
  try {
    await ssm.send(new CancelCommandCommand({ CommandId: commandId }))
  } catch {
    // The reason for which it is cancelled matters more than that it could not be.
  }
}
