import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRealNodes, type RealNodes } from './real-nodes.ts'

let nodes: RealNodes
beforeAll(async () => {
  nodes = await startRealNodes({ kind: 'namespace', count: 4, storage: true })
  await nodes.makeReady()
})
afterAll(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const

test('eight ranks on four nodes say who they are, as the ordinary user', async () => {
  const job = await nodes.start(sh('echo "$MUSTER_RANK $MUSTER_NODE_RANK $(hostname) $(id -un) $PWD"'))
  const state = await nodes.done(job)
  const log = await nodes.log(job)
  console.log(state, log, await nodes.log(job, 'node-0', 'stderr'), await nodes.log(job, 'rank-3'))
  expect(state).toMatchObject({ exitCode: 0 })
})
