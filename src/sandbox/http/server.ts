import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WireAnswer } from '../protocol/wire.ts'
import { ClientGone } from './client-gone.ts'
import { incoming, type Incoming } from './incoming.ts'

/** Answers a request; the body is to be read at most once, and need not be read. */
export type Answering = (request: Incoming, body: AsyncIterable<Uint8Array>, requestId: string) => Promise<WireAnswer>

/** Takes a connection that is to become a WebSocket; false where nobody wants it. */
export type Upgrading = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

export interface HttpFront {
  /** Binds 127.0.0.1 only; 0 lets the system choose. Resolves with the port. */
  listen(port: number): Promise<number>
  /** Also answers on a unix socket, which the agents of nodes forward to. */
  listenSocket(path: string): Promise<void>
  /** Stops to accept, gives running requests `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>
}

/** The sandbox's HTTP: one handler behind a TCP port and a unix socket. */
export function createFront(answer: Answering, upgrade: Upgrading): HttpFront {
  const servers: Server[] = []
  const open = async (where: { port: number; host: string } | { path: string }): Promise<Server> => {
    const server = createServer({
      keepAliveTimeout: 120_000,
      headersTimeout: 60_000,
      requestTimeout: 0,
      maxHeaderSize: 65_536,
    })
    server.on('request', (message, response) => void serve(message, response, answer, false))
    server.on('checkContinue', (message, response) => void serve(message, response, answer, true))
    server.on('upgrade', (message, socket, head) => {
      socket.on('error', () => socket.destroy())
      if (!upgrade(message, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(where, () => {
        server.off('error', reject)
        resolve()
      })
    })
    servers.push(server)
    return server
  }
  return {
    listen: async (port) => ((await open({ port, host: '127.0.0.1' })).address() as AddressInfo).port,
    listenSocket: async (path) => {
      await open({ path })
    },
    close: async (graceMs) => {
      await Promise.all(servers.map((server) => closeServer(server, graceMs)))
    },
  }
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  answer: Answering,
  expectsContinue: boolean,
): Promise<void> {
  const requestId = randomUUID()
  const sent = { waits: expectsContinue }
  try {
    const made = await answer(incoming(message), bodyOf(message, response, sent), requestId)
    // Who still waits to be told to go on may send the body or the next request: only a new connection is clear. Whatever else
    // was not read, Node reads and drops, so that the caller can hear the answer.
    await send(message, response, made, { 'x-amz-request-id': requestId, ...(sent.waits && { connection: 'close' }) })
  } catch {
    // The connection broke, or the answer's stream did: nobody is left to be told, and half an answer must not look whole.
    response.destroy()
  }
}

/** The body; a caller who waits for `100 Continue` is told to go on only when somebody reads. */
async function* bodyOf(
  message: IncomingMessage,
  response: ServerResponse,
  sent: { waits: boolean },
): AsyncGenerator<Uint8Array> {
  if (sent.waits) response.writeContinue()
  sent.waits = false
  try {
    // A reader who stops early must not cut the connection: it is to carry the answer.
    for await (const piece of message.iterator({ destroyOnReturn: false })) yield piece as Uint8Array
  } catch (error) {
    throw new ClientGone(error)
  }
}

async function send(
  message: IncomingMessage,
  response: ServerResponse,
  answer: WireAnswer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { body } = answer
  const whole = typeof body === 'string' ? Buffer.from(body) : body
  response.writeHead(answer.status, {
    server: 'muster-sandbox',
    ...headers,
    ...(whole instanceof Uint8Array ? { 'content-length': String(whole.length) } : {}),
    ...answer.headers,
  })
  if (whole instanceof Readable && message.method !== 'HEAD') return pipeline(whole, response)
  if (whole instanceof Readable) whole.destroy()
  response.end(whole instanceof Uint8Array && message.method !== 'HEAD' ? whole : undefined)
  await finished(response)
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
