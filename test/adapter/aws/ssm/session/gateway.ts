import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Address } from '../../../../../src/aws/ssm/session/data-channel.ts'
import {
  decodeMessage,
  encodeMessage,
  type ChannelMessage,
} from '../../../../../src/sandbox/services/ssm/session/message.ts'

/** The other end of a data channel, in the test's hands: it speaks with the sandbox's words, which are not ours. */
export async function gateway() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const heard: (ChannelMessage | string)[] = []
  const waiting: (() => void)[] = []
  let client: WebSocket | null = null
  server.on('connection', (socket) => {
    client = socket
    socket.on('message', (data: Buffer, binary: boolean) => {
      heard.push(binary ? decodeMessage(data) : data.toString())
      waiting.splice(0).forEach((wake) => wake())
    })
  })
  /** The first thing from place `from` on that fits; waits for it. */
  async function hear(fits: (one: ChannelMessage | string) => boolean, from = 0): Promise<ChannelMessage> {
    for (;;) {
      const found = heard.slice(from).find(fits)
      if (found !== undefined) return found as ChannelMessage
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  const say = (about: Partial<ChannelMessage> & { readonly text: string }): Buffer => {
    const { text, ...rest } = about
    const message = {
      type: 'output_stream_data',
      sequence: 0,
      flags: 0,
      payloadType: 1,
      ...rest,
      payload: Buffer.from(text),
    }
    const bytes = encodeMessage(message, Date.now())
    client?.send(bytes)
    return bytes
  }
  return {
    address: (token: string): Address => ({
      url: `ws://127.0.0.1:${port}/v1/data-channel/s?role=publish_subscribe`,
      token,
    }),
    heard,
    hear,
    say,
    raw: (bytes: Uint8Array) => client?.send(bytes),
    acknowledge: (sequence: number) =>
      say({
        type: 'acknowledge',
        text: JSON.stringify({ AcknowledgedMessageSequenceNumber: sequence }),
        payloadType: 0,
      }),
    cut: () => client?.terminate(),
    /** How many lines there have been. */
    lines: () => heard.filter((one) => typeof one === 'string').length,
    close: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An input of ours with this text. */
export const input =
  (text: string) =>
  (one: ChannelMessage | string): boolean =>
    typeof one !== 'string' && one.type === 'input_stream_data' && Buffer.from(one.payload).toString().includes(text)

export const acknowledgementOf =
  (sequence: number) =>
  (one: ChannelMessage | string): boolean =>
    typeof one !== 'string' &&
    one.type === 'acknowledge' &&
    JSON.parse(Buffer.from(one.payload).toString()).AcknowledgedMessageSequenceNumber === sequence
