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
 * One unreachable node makes Run Command refuse all of them: those whose agent is not online are left out, and where all
 * are (a young agent is shown before it can be reached) it is tried again for a while.
 */
export async function sendCommand(
  ssm: Ssm,
  nodeIds: readonly string[],
  script: RemoteScript,
  signal?: AbortSignal,
): Promise<Sent> {
  let left = nodeIds
  let refusal: unknown = null
  const commandId = await poll(
    ssm.settings,
    REGISTERED_MS,
    async () => {
      try {
        const command = new SendCommandCommand(commandInput(left, script))
        const answer = await ssm.sendOnce(command, signal === undefined ? {} : { abortSignal: signal })
        return answer.Command?.CommandId ?? ''
      } catch (error) {
        if (!isAwsClass(error, 'not-managed')) throw error
        refusal = error
        const reachable = await online(ssm, left)
        left = left.filter((id) => reachable.has(id))
        return left.length === 0 ? NOBODY : undefined
      }
    },
    signal,
  )
  if (commandId === null) throw refusal
  const unreached = nodeIds.filter((id) => !left.includes(id))
  return { commandId: commandId === NOBODY ? null : commandId, nodeIds: left, unreached }
}

const NOBODY = 'nobody'

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
