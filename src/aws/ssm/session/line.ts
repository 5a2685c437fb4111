import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { CLIENT_VERSION } from './handshake.ts'

/** One WebSocket of a data channel: it breaks, and another one follows. */
export interface Line {
  send(bytes: Uint8Array): void
  /** Nothing more is read until `resume`: the other side has to wait. */
  pause(): void
  resume(): void
  end(): void
}

export interface LineEvents {
  readonly message: (bytes: Uint8Array) => void
  /** Told once, and not where it was ended here. */
  readonly lost: () => void
}

/** A laptop that slept or changed its network hears of no broken line: it has to ask. The plugin asks each five minutes. */
const PING_MS = 20_000
const OPEN_WITHIN_MS = 15_000

/** Resolves once the token is on its way. Rejects where there is no line to be had. */
export function openLine(url: string, token: string, events: LineEvents): Promise<Line> {
  const socket = new WebSocket(url, { handshakeTimeout: OPEN_WITHIN_MS, maxPayload: 16 * 1024 * 1024 })
  socket.on('message', (data: Buffer, binary: boolean) => {
    if (binary) events.message(data)
  })
  return new Promise((resolve, reject) => {
    let ended = false
    socket.once('error', reject)
    socket.once('open', () => {
      const stopPings = keepAlive(socket)
      socket.off('error', reject)
      socket.on('error', () => socket.terminate())
      socket.once('close', () => {
        stopPings()
        if (!ended) events.lost()
      })
      socket.send(greeting(token))
      resolve({
        send: (bytes) => socket.readyState === WebSocket.OPEN && socket.send(bytes),
        pause: () => socket.pause(),
        resume: () => socket.resume(),
        end() {
          ended = true
          socket.resume()
          socket.close()
          // A closing that nobody answers must not hold the program up.
          setTimeout(() => socket.terminate(), 500).unref()
        },
      })
    })
  })
}

/** OpenDataChannelInput: the first message, as text (session-manager-plugin 61cf128, datachannel/streaming.go, FinalizeDataChannelHandshake). */
function greeting(token: string): string {
  return JSON.stringify({
    MessageSchemaVersion: '1.0',
    RequestId: randomUUID(),
    TokenValue: token,
    ClientId: randomUUID(),
    ClientVersion: CLIENT_VERSION,
  })
}

/** Cuts a line on which nothing has come for three pings, unless its other end never answered any. */
function keepAlive(socket: WebSocket): () => void {
  let unanswered = 0
  let answers = false
  socket.on('pong', () => {
    answers = true
    unanswered = 0
  })
  socket.on('message', () => (unanswered = 0))
  const timer = setInterval(() => {
    if (answers && unanswered >= 3) return socket.terminate()
    unanswered += 1
    socket.ping('keepalive')
  }, PING_MS)
  return () => clearInterval(timer)
}
