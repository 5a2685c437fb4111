import { MusterError } from '../../../core/errors/muster-error.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ShellChannel, ShellOptions } from '../../../ports/remote-shell.ts'
import { answerHandshake } from './handshake.ts'
import { acknowledgement, createInbox } from './inbox.ts'
import { openLine, type Line, type LineEvents } from './line.ts'
import { decode, jsonOf, PAYLOAD, type Message } from './message.ts'
import { createOutbox } from './outbox.ts'
import { createOutputQueue } from './output-queue.ts'
import { reconnected } from './reconnect.ts'

/** Where a data channel is, and what opens it: once. */
export interface Address {
  readonly url: string
  readonly token: string
}

/** A session as the cloud's API knows it. */
export interface SessionHandle {
  readonly nodeId: string
  /** A new token; null where the session is over. */
  resume(): Promise<Address | null>
  terminate(): Promise<void>
}

/** The most that one message carries, as the plugin's (src/config/config.go, StreamDataPayloadSize). */
const PIECE = 1024
/** Input that is under way unacknowledged: more would only wait on the node. */
const WINDOW = 64
const LOOK_MS = 100
/** The plugin gives up a message after 3,000 tries. */
const STUCK_MS = 300_000

export async function openDataChannel(
  first: Address,
  session: SessionHandle,
  clock: Clock,
  { onLine }: Pick<ShellOptions, 'onLine'>,
): Promise<ShellChannel> {
  const now = () => clock.now()
  const inbox = createInbox()
  const outbox = createOutbox(now)
  const state = { line: null as Line | null, over: false }
  const stop = new AbortController()
  const waiting: (() => void)[] = []
  const wakeWriters = () => waiting.splice(0).forEach((wake) => wake())
  const output = createOutputQueue({ full: () => state.line?.pause(), empty: () => state.line?.resume() })

  function finish(failure: Error | null): void {
    if (state.over) return
    state.over = true
    clearInterval(timer)
    stop.abort()
    state.line?.end()
    state.line = null
    wakeWriters()
    output.end(failure)
  }

  function handle(message: Message): void {
    if (message.payloadType === PAYLOAD.output || message.payloadType === PAYLOAD.stderr)
      return output.push(message.payload)
    if (message.payloadType !== PAYLOAD.handshakeRequest) return
    const { response, refusal } = answerHandshake(message)
    state.line?.send(outbox.add(PAYLOAD.handshakeResponse, response))
    if (refusal !== null) finish(shellLost(session.nodeId, refusal))
  }

  const events: LineEvents = {
    message(bytes) {
      const message = decode(bytes)
      if (message === null || state.over) return
      if (message.type === 'output_stream_data') {
        const { ready, acknowledge } = inbox.accept(message)
        if (acknowledge) state.line?.send(acknowledgement(message, now()))
        ready.forEach(handle)
      } else if (message.type === 'acknowledge') {
        outbox.acknowledged(Number(jsonOf(message)['AcknowledgedMessageSequenceNumber']))
        wakeWriters()
      } else if (message.type === 'channel_closed') {
        const why = jsonOf(message)['Output']
        finish(typeof why === 'string' && why !== '' ? shellLost(session.nodeId, why) : null)
      }
    },
    lost() {
      state.line = null
      if (!state.over) void restore()
    },
  }

  async function restore(): Promise<void> {
    onLine('broken')
    try {
      const line = await reconnected(session, events, clock, stop.signal)
      if (state.over) return line?.end()
      if (line === null) return finish(shellLost(session.nodeId, 'the session is over'))
      state.line = line
      outbox.unacknowledged().forEach((bytes) => line.send(bytes))
      onLine('whole')
    } catch (error) {
      finish(shellLost(session.nodeId, 'the line broke, and there is no other', error))
    }
  }

  const timer = setInterval(() => {
    const overdue = state.line === null ? null : outbox.overdue()
    if (overdue === null) return
    if (outbox.waitedMs() > STUCK_MS) finish(shellLost(session.nodeId, 'it has answered nothing for five minutes'))
    else state.line?.send(overdue)
  }, LOOK_MS)
  timer.unref()
  state.line = await openLine(first.url, first.token, events)

  return {
    output,
    async write(bytes) {
      for (let at = 0; at < bytes.length; at += PIECE) {
        while (outbox.size >= WINDOW && !state.over) await new Promise<void>((resolve) => waiting.push(resolve))
        if (state.over) return
        const message = outbox.add(PAYLOAD.output, bytes.subarray(at, at + PIECE))
        state.line?.send(message)
      }
    },
    resize({ columns, rows }) {
      if (state.over) return
      const message = outbox.add(PAYLOAD.size, Buffer.from(JSON.stringify({ cols: columns, rows })))
      state.line?.send(message)
    },
    async close() {
      if (state.over) return
      finish(null)
      await session.terminate()
    },
  }
}

function shellLost(nodeId: string, why: string, cause?: unknown): MusterError {
  return new MusterError('ShellLost', `the shell on ${nodeId} has ended: ${why}`, { cause })
}
