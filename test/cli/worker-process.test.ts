import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { expect, test, vi } from 'vitest'
import { CONTROLLER } from '../../src/app/queue/submit.ts'
import { systemClock } from '../../src/cli/clock.ts'
import { startDetached, stopWorker } from '../../src/cli/worker-process.ts'
import { fakeServices } from '../fakes/services.ts'
import { temporaryFolder } from './fixtures/run.ts'

async function workedBy(holder: string) {
  const services = fakeServices()
  await services.queue.lease(CONTROLLER, holder, 10_000, services.clock.now())
  return services
}

test('whoever works the queue is told to end, and is waited for until its lease is over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const holder = `${hostname()}/${child.pid}`
  expect(await stopWorker(await workedBy(holder))).toBe(holder)
  expect(await ended).toEqual([null, 'SIGTERM'])
})

test('one of another machine is left alone, and nobody is nobody', async () => {
  await expect(stopWorker(await workedBy('elsewhere/1'))).rejects.toMatchObject({
    code: 'LeaseLost',
    suggestions: ['on elsewhere: muster work --stop'],
  })
  expect(await stopWorker(fakeServices())).toBeNull()
})

test('one in the background that ends at once is an error with the end of its log', async () => {
  using folder = temporaryFolder()
  const script = vi.spyOn(process, 'argv', 'get').mockReturnValue([process.execPath, `${folder.path}/not-there.js`])
  const started = startDetached(['work'], folder.path, { ...fakeServices(), clock: systemClock })
  await expect(started).rejects.toMatchObject({
    code: 'CloudUnreachable',
    message: expect.stringMatching(/ended at once, with exit code 1: .*/),
    suggestions: [`cat ${folder.path}/queue/work.log`, 'muster work'],
  })
  script.mockRestore()
})
