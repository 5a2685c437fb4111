import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

/** The port exists only inside the node: outside, somebody else may have it. */
const port = 4567

describe.runIf(realKinds.includes('namespace'))('the endpoint inside a namespace node', () => {
  let fleet: TestFleet
  let node: TestNode
  let server: Server
  const folder = mkdtempSync(join(tmpdir(), 'muster-endpoint-'))
  beforeAll(async () => {
    server = createServer((request, response) => {
      let bytes = 0
      request.on('data', (chunk: Buffer) => (bytes += chunk.length))
      request.on('end', () => response.end(`${request.method} ${request.url} ${bytes} ${request.headers.host}`))
    })
    const apiSocket = join(folder, 'api.sock')
    await once(server.listen(apiSocket), 'listening')
    fleet = await testFleet('namespace', { port, apiSocket })
    node = await fleet.one()
  })
  afterAll(async () => {
    await fleet.end()
    server.close()
    rmSync(folder, { recursive: true })
  })

  it('has the same address as outside, for every user', async () => {
    expect(await node.sh(`curl -sS http://127.0.0.1:${port}/a`)).toBe(`GET /a 0 127.0.0.1:${port}`)
    expect(await node.sh(`useradd -m joe; su joe -c 'curl -sS http://127.0.0.1:${port}/b'`)).toBe(
      `GET /b 0 127.0.0.1:${port}`,
    )
  })

  it('takes large bodies', async () => {
    const sent = `head -c 50000000 /dev/zero | curl -sS -T - http://127.0.0.1:${port}/big`
    expect(await node.sh(sent)).toBe(`PUT /big 50000000 127.0.0.1:${port}`)
  })

  it('is not reached from the other nodes', async () => {
    const other = fleet.boot(5)
    await other.heard('online')
    expect((await other.run(`curl -sS -m 2 http://${node.address}:${port}/`)).exitCode).toBe(7)
    await other.machine.destroy()
  })
})
