import { join } from 'node:path'
import { expect, test } from 'vitest'
import { start } from './fixtures/run.ts'

const program = join(import.meta.dirname, 'fixtures/interruptible.ts')
const begin = (...words: string[]) => start(process.execPath, [program, ...words])

test.for([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('a process stops in order at the first %s, and ends with %i', async ([signal, code]) => {
  const running = begin()
  await running.said(/ready/)
  running.child.kill(signal)
  const outcome = await running.ended
  expect([outcome.code, outcome.stdout]).toEqual([code, 'ready\nundoing\n'])
})

test('the second press leaves at once and prints what cleans up', async () => {
  const running = begin('slow')
  await running.said(/ready/)
  running.child.kill('SIGINT')
  await running.said(/undoing/)
  await running.said(/press ctrl-C again/)
  running.child.kill('SIGINT')
  const { code, stderr } = await running.ended
  expect([code, stderr]).toEqual([130, expect.stringMatching(/clean up with: muster down hpc\n$/)])
})

test('a hang-up twice is still in order', async () => {
  const running = begin('slow')
  await running.said(/ready/)
  running.child.kill('SIGHUP')
  await running.said(/undoing/)
  running.child.kill('SIGHUP')
  running.child.kill('SIGTERM')
  await running.said(/press ctrl-C again/)
  running.child.kill('SIGTERM')
  expect((await running.ended).code).toBe(143)
})
