import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import type { Sessions } from '../state/sessions.ts'

const PATH = '/v1/data-channel/'
/** How long a client may take to name itself. */
const PATIENCE_MS = 10_000

/**
 * The message gateway's end of data channels: a WebSocket whose first message is the token, as text (session-manager-plugin 61cf128,
 * datachannel/streaming.go, FinalizeDataChannelHandshake). One with a wrong token is closed; with which code is unverified.
 */
export function dataChannels(sessions: Sessions) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 * 1024 })
  return {
    /** False where the path is no data channel's. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      const path = (request.url ?? '').split('?')[0] ?? ''
      if (!path.startsWith(PATH)) return false
      const sessionId = decodeURIComponent(path.slice(PATH.length))
      server.handleUpgrade(request, socket, head, (client) => admit(client, sessionId, sessions))
      return true
    },
    close(): void {
      for (const client of server.clients) client.terminate()
      server.close()
    },
  }
}

function admit(client: WebSocket, sessionId: string, sessions: Sessions): void {
  client.on('error', () => client.terminate())
  const late = setTimeout(() => client.close(1008, 'no token came'), PATIENCE_MS)
  client.once('close', () => clearTimeout(late))
  client.once('message', (data: RawData, binary: boolean) => {
    clearTimeout(late)
    const session = binary ? undefined : sessions.admitted(sessionId, tokenIn(data))
    if (session === undefined) client.close(1008, 'the token is not valid')
    else session.attach(client)
  })
}

/** Empty where it is not as OpenDataChannelInput (service/service.go of the plugin) has it. */
function tokenIn(data: RawData): string {
  try {
    const { MessageSchemaVersion, RequestId, TokenValue, ClientId } = JSON.parse((data as Buffer).toString()) as Record<
      string,
      unknown
    >
    const named = [RequestId, ClientId].every((word) => typeof word === 'string' && word !== '')
    return MessageSchemaVersion === '1.0' && named && typeof TokenValue === 'string' ? TokenValue : ''
  } catch {
    return ''
  }
}
