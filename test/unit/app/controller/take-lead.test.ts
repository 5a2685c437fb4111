import { spawn, spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { CONTROLLER } from '../../../../src/app/queue/submit.ts'
import { takeLead } from '../../../../src/app/controller/take-lead.ts'
import { fakeServices } from '../../../fakes/services.ts'

/** A queue that somebody leads for another minute. */
async function ledBy(holder: string) {
  const services = fakeServices()
  await services.queue.lease(CONTROLLER, holder, 60_000, services.clock.now())
  return services
}

it('whoever died on this machine is not waited for, and its token is old', async () => {
  const { pid } = spawnSync('true')
  const services = await ledBy(`${hostname()}/${pid}`)
  expect(await takeLead(1000, services)).toMatchObject({ holder: `${hostname()}/${process.pid}`, token: 2 })
})

it('whoever lives, or is on another machine, or is not known goes on', async () => {
  const living = spawn('sleep', ['60'])
  onTestFinished(() => void living.kill())
  for (const holder of [
    `${hostname()}/${living.pid}`,
    `${hostname()}/1`,
    'elsewhere/999999999',
    'a',
    `${hostname()}/0`,
  ]) {
    expect(await takeLead(1000, await ledBy(holder)), holder).toBeNull()
  }
})
