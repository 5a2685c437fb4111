import type { RawData, WebSocket } from 'ws'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MachineShell } from '../../../machines/machine.ts'
import { decodeMessage, encodeMessage, PAYLOAD } from './message.ts'
import type { ChannelMessage } from './message.ts'
import { acknowledgement, createReceiving } from './receiving.ts'
import { createSending } from './sending.ts'
import { textPieces } from './text-pieces.ts'

/** A session that goes on: the agent's half of its data channel, and what the message gateway adds to it. */
export interface LiveSession {
  /** A client whose token was good; an earlier one is cut off. */
  attach(client: WebSocket): void
  /** Ends the terminal and tells the client. */
  terminate(): void
}

interface SessionOptions {
  readonly sessionId: string
  readonly target: string
  readonly now: () => number
  /** Null where the node has no process that a terminal could be in. */
  readonly open: () => Promise<MachineShell | null>
  readonly status: (status: 'Connected' | 'Disconnected' | 'Terminated') => void
}

/** Interactive sessions as the agent runs them: no handshake, since nothing is encrypted (singlecommand.go, RequireHandshake). */
export function startSession(options: SessionOptions): LiveSession {
  const { now } = options
  const sending = createSending(now)
  const receive = createReceiving(handle, (message) => client?.send(acknowledgement(message, now())))
  let client: WebSocket | null = null
  let ended = false
  const shell = options.open()

  async function handle(message: ChannelMessage): Promise<void> {
    const terminal = await shell
    if (message.payloadType === PAYLOAD.output) return terminal?.write(message.payload)
    if (message.payloadType === PAYLOAD.size) {
      const { cols, rows } = JSON.parse(Buffer.from(message.payload).toString()) as Record<string, unknown>
      terminal?.resize(Number(cols), Number(rows))
    }
  }

  async function pump(): Promise<void> {
    const terminal = await shell
    const pieces = textPieces()
    if (terminal === null) await sending.send(PAYLOAD.output, Buffer.from(NO_PROCESS))
    else
      for await (const bytes of terminal.output)
        for (const piece of pieces(bytes)) await sending.send(PAYLOAD.output, piece)
    await sending.drained()
  }

  function end(output: string): void {
    if (ended) return
    ended = true
    sending.close()
    options.status('Terminated')
    client?.send(channelClosed(options, output))
    client?.close(1000)
  }

  function heard(data: RawData, binary: boolean): void {
    if (!binary) return
    let message: ChannelMessage
    try {
      message = decodeMessage(data as Buffer)
    } catch {
      // The agent logs what is no message and goes on.
      return
    }
    if (message.type === 'input_stream_data') receive(message)
    if (message.type !== 'acknowledge') return
    const { AcknowledgedMessageSequenceNumber: sequence } = JSON.parse(
      Buffer.from(message.payload).toString(),
    ) as Record<string, unknown>
    sending.acknowledged(Number(sequence))
  }

  void pump().then(
    () => end(''),
    (error: unknown) => end(error instanceof Error ? error.message : String(error)),
  )
  return {
    attach(socket) {
      if (ended) return socket.close(1000)
      client?.terminate()
      client = socket
      options.status('Connected')
      socket.on('message', heard)
      socket.on('close', () => {
        if (client !== socket) return
        client = null
        sending.use(null)
        if (!ended) options.status('Disconnected')
      })
      sending.use((bytes) => socket.send(bytes))
    },
    terminate() {
      void Promise.race([shell, sleep(1000, null, { ref: false })]).then(
        (terminal) => terminal?.close(),
        () => {},
      )
      end('')
    },
  }
}

const NO_PROCESS = 'This node is simulated by the sandbox: there is no process on it, and no shell.\r\n'

/** ChannelClosed of agent/session/contracts/model.go, as the gateway sends it to the client. */
function channelClosed({ sessionId, target, now }: SessionOptions, output: string): Buffer {
  const content = {
    MessageId: sessionId,
    CreatedDate: new Date(now()).toISOString(),
    DestinationId: target,
    SessionId: sessionId,
    MessageType: 'channel_closed',
    SchemaVersion: 1,
    Output: output,
  }
  const message = { type: 'channel_closed', sequence: 0, flags: 3, payloadType: 0 }
  return encodeMessage({ ...message, payload: Buffer.from(JSON.stringify(content)) }, now())
}
