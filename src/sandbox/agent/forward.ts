import { createConnection, createServer } from 'node:net'
import type { Server } from 'node:net'

/**
 * Leads every connection to a TCP port of the node to the sandbox's unix socket, bytes as they come, so that the endpoint's
 * URL is the same inside the node as outside. Each side may end its half first.
 */
export function forward(socket: string): Server {
  return createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = createConnection({ path: socket, allowHalfOpen: true })
    client.pipe(upstream)
    upstream.pipe(client)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
}
