import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal, type Running } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

const MINUTE = 60_000
const minuteOf = (time: number) => new Date(time).getUTCMinutes()

/** One fleet by a metric, and one by the clock: a node since this minute began, none from that of `endsAt` on. */
function fleets(endsAt: number): string {
  return `
fleets:
  metric:
    type: hpc7g.16xlarge
    nodes: {min: 0, max: 4}
    idle: 5s
    storage: none
    scaling: {policy: target-tracking, metric: waiting, target: 2}
  clock:
    type: hpc7g.16xlarge
    nodes: {min: 0, max: 2}
    idle: 5s
    storage: none
    scaling:
      schedules:
        - {cron: "${minuteOf(Date.now())} * * * *", min: 1}
        - {cron: "${minuteOf(endsAt)} * * * *", min: 0}
`
}

let rehearsal: Rehearsal
let controller: Running | null = null
beforeEach(async () => {
  rehearsal = rehearse()
  succeeded(await rehearsal.run('sandbox', 'start'))
})
afterEach(async () => {
  controller?.process.kill('SIGINT')
  await controller?.ended
  expect(await rehearsal.close()).toEqual([])
})

async function nodesOf(fleet: string): Promise<number> {
  const { fleets: all } = JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout) as {
    readonly fleets: readonly { readonly name: string; readonly nodes: readonly unknown[] }[]
  }
  return all.find(({ name }) => name === fleet)?.nodes.length ?? 0
}

it('a fleet grows by its metric and goes; one is there when its schedule says so, without any job, and goes when the next does', async () => {
  // A minute at least: enough to come up before it has to go.
  const endsAt = Math.floor((Date.now() + 60_000) / MINUTE + 1) * MINUTE
  await writeFile(join(rehearsal.folder, 'muster.yaml'), fleets(endsAt))
  const words = ['--parsable', '--fleet', 'metric', '--launcher', 'shell', '--nodes', '1', '--array', '0-5']
  const job = succeeded(await rehearsal.run('submit', ...words, '--', 'sleep', '3')).stdout.trim()
  const work = rehearsal.start('work')
  controller = work
  await until('the fleet of the clock is up', async () => (await nodesOf('clock')) === 1)
  expect(Date.now()).toBeLessThan(endsAt)
  await until('the tasks are done', async () => {
    const [one] = JSON.parse(succeeded(await rehearsal.run('jobs', '--all', '--json')).stdout).jobs
    return one.id === job && one.tasks.done === 6
  })
  // Six tasks that wait on what counts as one node, two a node: three nodes.
  expect(work.stderr()).toMatch(/metric: 3 more nodes: waiting is 6\.00, against 2/)
  await until('the fleet of the metric is gone', async () => (await nodesOf('metric')) === 0)
  expect(await nodesOf('clock')).toBe(1)
  await until('the fleet of the clock is gone', async () => (await nodesOf('clock')) === 0, 120_000)
  expect(Date.now()).toBeGreaterThanOrEqual(endsAt)
})
