import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

/** Nodes of the sandbox with a lease of seconds: they run the watchdog that nodes on AWS run. */
const LEASE_S = 12
const MARGIN_S = 12

const fleetOf = (more: string) => `{nodes: 2, storage: none, lease: ${LEASE_S}s${more}}`

let rehearsal: Rehearsal
beforeAll(() => {
  rehearsal = rehearse()
  writeFileSync(
    join(rehearsal.folder, 'muster.yaml'),
    `fleets:\n  t: ${fleetOf('')}\n  brief: {nodes: 1, storage: none, lease: 60s, maxLife: 30s}\n  bad: ${fleetOf(', userData: "echo reading the tape; echo no tape >&2; exit 3"')}\n`,
  )
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

async function nodes(): Promise<number> {
  const { fleets } = JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout)
  return fleets.flatMap((fleet: { nodes: object[] }) => fleet.nodes).length
}

async function endsWithin(seconds: number): Promise<void> {
  await until('every node has ended itself', async () => (await nodes()) === 0, seconds * 1000)
}

describe('kill -9 of muster', () => {
  it.for([['"launch-cohort"'], ['"install-nodes"'], ['"verify-nodes"']])(
    'at %s: every node ends itself within its lease',
    async ([word]) => {
      const first = rehearsal.start('up', 't', '--progress', 'jsonl')
      await until(`${word} is done`, async () =>
        first
          .stdout()
          .split('\n')
          .some((line) => line.includes('"action.done"') && line.includes(word!)),
      )
      first.process.kill('SIGKILL')
      await first.ended
      expect(await nodes()).toBe(2)
      await endsWithin(LEASE_S + MARGIN_S)
      succeeded(await rehearsal.run('down', 't'))
    },
  )

  it('while an image is baked: its node ends itself, too', async () => {
    const first = rehearsal.start('image', 'bake', 't', '--progress', 'jsonl')
    await until('the image is begun', async () => first.stdout().includes('"image.begun"'))
    first.process.kill('SIGKILL')
    await first.ended
    await endsWithin(LEASE_S + MARGIN_S)
    succeeded(await rehearsal.run('down', 't-bake'))
    const { images } = JSON.parse(succeeded(await rehearsal.run('image', 'list', '--json')).stdout)
    expect(images).toMatchObject([{ fleet: 't' }])
    succeeded(await rehearsal.run('image', 'delete', images[0].id))
  })

  it('while a job runs leaves the job its nodes, all of them, and they end after it', async () => {
    const seconds = 2 * LEASE_S
    const first = rehearsal.start(
      'run',
      '--fleet',
      't',
      '--nodes',
      '2',
      '--',
      'sh',
      '-c',
      `echo begun; sleep ${seconds}`,
    )
    await until('the job prints', async () => first.stdout().includes('begun'))
    const began = Date.now()
    first.process.kill('SIGKILL')
    await first.ended
    await until('the job is nearly over', async () => Date.now() - began > (seconds - 3) * 1000)
    expect(await nodes()).toBe(2)
    await endsWithin(3 + LEASE_S + MARGIN_S)
    const logs = await rehearsal.run('results')
    expect(logs).toMatchObject({ exitCode: 0 })
    succeeded(await rehearsal.run('down', 't'))
  })
})

it('a fleet that is left up says when it ends itself, and is kept by muster renew', async () => {
  const up = JSON.parse(succeeded(await rehearsal.run('up', 't', '--json')).stdout)
  expect(up.endsAt - Date.now()).toBeLessThanOrEqual(LEASE_S * 1000)
  const kept = JSON.parse(succeeded(await rehearsal.run('renew', 't', '--for', '1h', '--json')).stdout)
  expect(kept).toMatchObject({ fleet: 't', nodes: 2, leftS: 3600 })
  const { fleets } = JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout)
  expect(fleets[0].endsAt).toBe(kept.endsAt)
  succeeded(await rehearsal.run('down', 't'))
})

it('a node that has lived long enough tells its job, sends its last words, and ends', async () => {
  const program = 'trap "echo saved; exit 0" TERM; echo begun; while :; do sleep 0.2; done'
  const run = await rehearsal.run('run', '--fleet', 'brief', '--nodes', '1', '--keep', '--', 'sh', '-c', program)
  expect(run).toMatchObject({ exitCode: 143, stdout: expect.stringMatching(/begun\nsaved\n/) })
  expect(run.stderr).toContain('its node ends: it has reached its maximum life of 30 s')
  await endsWithin(MARGIN_S)
  succeeded(await rehearsal.run('down', 'brief'))
})

it('user data that fails is named, with the end of its log', async () => {
  const { exitCode, stderr } = await rehearsal.run('up', 'bad')
  expect(exitCode).toBe(1)
  expect(stderr).toContain("the user data failed: the fleet's userData failed with exit code 3")
  expect(stderr).toContain('reading the tape | no tape')
  expect(await nodes()).toBe(0)
})
