import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestNodes, type TestNodes } from './test-node.ts'

let nodes: TestNodes
beforeEach(async () => {
  nodes = await startTestNodes()
})
afterEach(async () => nodes.close())

const sh = (text: string) => ({ program: { kind: 'script', text } }) as const

test('a program runs, and its streams, exit code and sizes arrive', async () => {
  const job = await nodes.offer(sh('echo out; echo err >&2; exit 3'))
  await nodes.start(job)
  const state = await nodes.reaches(job, 'done')
  expect(state).toMatchObject({ exitCode: 3, reason: 'exited', message: '', logBytes: { stdout: 4, stderr: 4 } })
  expect(nodes.log(job, 'stdout').toString()).toBe('out\n')
  expect(nodes.log(job, 'stderr').toString()).toBe('err\n')
})
