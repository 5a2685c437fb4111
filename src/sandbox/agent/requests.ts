import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { readJsonLines } from './json-lines.ts'

/** What a stand-in program (`shutdown`, `mount.lustre`) in the node sends to the agent. */
export interface Request {
  readonly program: string
  readonly words: readonly string[]
}

/** What it then prints and exits with. */
export interface Reply {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Listens for the node's stand-in programs on a unix socket that only the agent's user can open. */
export function listenForRequests(path: string, handle: (request: Request) => Promise<Reply>): Server {
  rmSync(path, { force: true })
  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    readJsonLines(client, (request) => {
      handle(request as Request).then(
        (reply) => client.end(`${JSON.stringify(reply)}\n`),
        () => client.destroy(),
      )
    })
  })
  server.listen(path, () => chmodSync(path, 0o600))
  return server
}
