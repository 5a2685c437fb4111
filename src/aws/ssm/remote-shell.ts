import { ResumeSessionCommand, StartSessionCommand, TerminateSessionCommand } from '@aws-sdk/client-ssm'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { RemoteShell } from '../../ports/remote-shell.ts'
import { isAwsClass } from '../error-map.ts'
import { poll } from '../poll.ts'
import type { AwsSettings } from '../settings.ts'
import { openDataChannel, type Address, type SessionHandle } from './session/data-channel.ts'
import { connectSsm, type Ssm } from './ssm.ts'

/**
 * An agent is shown online before Session Manager reaches it, also after a start for more than a minute
 * (https://github.com/jupyter-infra/jupyter-deploy/issues/176).
 */
const CONNECTED_MS = 120_000
const GOODBYE_MS = 5000

/** RemoteShell over SSM Session Manager. */
export function connectRemoteShell(settings: AwsSettings): RemoteShell {
  const ssm = connectSsm(settings)
  return {
    async open(nodeId, command, options) {
      const started = await start(ssm, nodeId, command, options.signal)
      return openDataChannel(started.address, started.session, settings.clock, options)
    },
  }
}

/**
 * AWS-StartInteractiveCommand runs one command in a terminal of its own. The command is encoded: braces would be read as a
 * document's variables.
 */
async function start(ssm: Ssm, nodeId: string, command: string, signal: AbortSignal) {
  const encoded = `exec sh -c "$(printf %s '${Buffer.from(command).toString('base64')}' | base64 -d)"`
  const input = {
    Target: nodeId,
    DocumentName: 'AWS-StartInteractiveCommand',
    Parameters: { command: [encoded] },
    Reason: 'muster shell',
  }
  const answer = await poll(
    ssm.settings,
    CONNECTED_MS,
    async () => {
      try {
        return await ssm.send(new StartSessionCommand(input), { abortSignal: signal })
      } catch (error) {
        if (isAwsClass(error, 'not-connected')) return undefined
        throw error
      }
    },
    signal,
  )
  if (answer === null) {
    throw new MusterError('NodeOffline', `${nodeId} is not connected to Session Manager (TargetNotConnected)`)
  }
  const { SessionId = '' } = answer
  const address = addressOf(answer)
  if (address === null) throw new MusterError('CloudRefused', `ssm StartSession gave no channel to ${nodeId}`)
  const session: SessionHandle = {
    nodeId,
    resume: async () => addressOf(await ssm.send(new ResumeSessionCommand({ SessionId }))),
    async terminate() {
      try {
        const abortSignal = AbortSignal.timeout(GOODBYE_MS)
        await ssm.send(new TerminateSessionCommand({ SessionId }), { abortSignal })
      } catch {
        // AWS ends it by itself when nothing has been typed for its idle time.
      }
    },
  }
  return { address, session }
}

function addressOf(answer: {
  readonly StreamUrl?: string | undefined
  readonly TokenValue?: string | undefined
}): Address | null {
  const { StreamUrl: url, TokenValue: token } = answer
  return url && token ? { url, token } : null
}
