import { SendCommandCommand, type SendCommandCommandInput } from '@aws-sdk/client-ssm'
import type { RemoteScript } from '../../ports/remote-exec.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import { online } from './online.ts'
import type { Ssm } from './ssm.ts'

/** An agent that registered a moment ago may be refused for so long. */
const REGISTERED_MS = 15_000

/** A command under way, and the nodes that it could not be given to. */
export interface Sent {
  /** Null where no node could be reached. */
  readonly commandId: string | null
  readonly nodeIds: readonly string[]
  readonly unreached: readonly string[]
}

/**
 * One unreachable node makes Run Command refuse all of them. So: try for a while, then leave out those whose agent is not
 * online and send it to the others.
 */
export async function sendCommand(
  ssm: Ssm,
  nodeIds: readonly string[],
  script: RemoteScript,
  signal?: AbortSignal,
): Promise<Sent> {
  const tried = await tryFor(ssm, REGISTERED_MS, nodeIds, script, signal)
  if (tried.commandId !== null) return { ...tried, nodeIds, unreached: [] }
  const reachable = await online(ssm, nodeIds)
  const left = nodeIds.filter((id) => reachable.has(id))
  const unreached = nodeIds.filter((id) => !reachable.has(id))
  if (unreached.length === 0) throw tried.refusal
  if (left.length === 0) return { commandId: null, nodeIds: [], unreached }
  const again = await tryFor(ssm, 0, left, script, signal)
  if (again.commandId === null) throw again.refusal
  return { commandId: again.commandId, nodeIds: left, unreached }
}

async function tryFor(
  ssm: Ssm,
  ms: number,
  nodeIds: readonly string[],
  script: RemoteScript,
  signal: AbortSignal | undefined,
): Promise<{ commandId: string | null; refusal: unknown }> {
  let refusal: unknown = null
  const commandId = await poll(
    ssm.settings,
    ms,
    async () => {
      try {
        const command = new SendCommandCommand(commandInput(nodeIds, script))
        const answer = await ssm.sendOnce(command, signal === undefined ? {} : { abortSignal: signal })
        return answer.Command?.CommandId ?? ''
      } catch (error) {
        refusal = error
        if (isAwsClass(error, 'not-managed')) return undefined
        throw error
      }
    },
    signal,
  )
  return { commandId, refusal }
}

/** Seconds that a node has to take the command up; a busy agent takes it late. */
export function deliverySeconds(script: RemoteScript): number {
  return Math.max(30, Math.min(script.timeoutS, 120))
}

export function commandInput(nodeIds: readonly string[], script: RemoteScript): SendCommandCommandInput {
  // Below 5 the agent takes its default of an hour instead.
  const executionTimeout = String(Math.max(5, Math.ceil(script.timeoutS)))
  return {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [...nodeIds],
    Comment: script.comment.slice(0, 100),
    TimeoutSeconds: deliverySeconds(script),
    // All at once and whatever happens to one: the defaults hold the 51st back and stop at the first failure.
    MaxConcurrency: '100%',
    MaxErrors: '100%',
    Parameters: { commands: [commandText(script.text)], executionTimeout: [executionTimeout] },
  }
}

/** `{{ }}` would be read as a variable of the document, so a text with it travels encoded. */
export function commandText(text: string): string {
  if (!text.includes('{{')) return text
  return `sh -c "$(printf %s '${Buffer.from(text).toString('base64')}' | base64 -d)"`
}
