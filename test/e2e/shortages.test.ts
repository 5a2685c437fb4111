import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { rehearse, succeeded, type Ended, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

/** Two types of small nodes in two zones of a fleet without storage: every rung is a real request to the sandbox. */
const FLEETS = `
fleets:
  small:
    type: [c7gn.16xlarge, hpc7g.16xlarge]
    nodes: 2
    zones: [us-east-1b, us-east-1c]
    storage: none
`

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = rehearse()
  succeeded(await rehearsal.run('sandbox', 'start'))
  await writeFile(join(rehearsal.folder, 'muster.yaml'), FLEETS)
})
afterEach(async () => {
  succeeded(await rehearsal.run('sandbox', 'fault', 'clear'))
  succeeded(await rehearsal.run('down', 'small'))
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

const shortage = async (...words: readonly string[]) =>
  succeeded(await rehearsal.run('sandbox', 'fault', 'add', 'shortage', ...words))

const zonesOf = (up: Ended) => JSON.parse(up.stdout).nodes.map(({ zone }: { zone: string }) => zone) as string[]
const typeOf = (up: Ended) => JSON.parse(up.stdout).instanceType as string

it('in one zone: the next one is taken, and the refusal is said with its reason', async () => {
  await shortage('instanceType=c7gn.16xlarge', 'zone=us-east-1b')
  const up = succeeded(await rehearsal.run('up', '--json'))
  expect([typeOf(up), ...zonesOf(up)]).toEqual(['c7gn.16xlarge', 'us-east-1c', 'us-east-1c'])
  expect(up.stderr).toMatch(/no 2 x on-demand c7gn\.16xlarge in us-east-1b: .*do not have sufficient c7gn\.16xlarge/)
  succeeded(await rehearsal.run('down', 'small'))
  // Remembered from one command to the next.
  const plan = JSON.parse(succeeded(await rehearsal.run('plan', '--json')).stdout)
  expect(plan.rungs.map(({ zone }: { zone: string }) => zone).at(-1)).toBe('us-east-1b')
})

it('of a type in all of its zones: the second type of the list is taken', async () => {
  await shortage('instanceType=c7gn.16xlarge', 'zone=*')
  const up = succeeded(await rehearsal.run('up', '--json'))
  expect([typeOf(up), ...zonesOf(up)]).toEqual(['hpc7g.16xlarge', 'us-east-1c', 'us-east-1c'])
})

it('in all zones: fails naming each; with --wait-capacity it is raised when room comes', async () => {
  await shortage('instanceType=*', 'zone=*')
  const failed = await rehearsal.run('up', '--json')
  const { error } = JSON.parse(failed.stdout)
  expect([failed.exitCode, error.code]).toEqual([5, 'CapacityShortage'])
  expect(error.message).toMatch(/3 ways tried: .*c7gn.* in us-east-1b: .*hpc7g.* in us-east-1c: /)
  expect(error.suggestions.join()).toContain('--wait-capacity 30m')
  const waiting = rehearsal.start('up', '--wait-capacity', '3m', '--json')
  await until('it says that it waits', async () => waiting.stderr().includes('waiting for room for 2 nodes'))
  succeeded(await rehearsal.run('sandbox', 'fault', 'clear'))
  expect(zonesOf(succeeded(await waiting.ended))).toHaveLength(2)
})

it('and a wait that is no time is refused before anything is made', async () => {
  const up = await rehearsal.run('up', '--wait-capacity', '30')
  expect(up.exitCode).toBe(2)
  expect(up.stderr).toContain('--wait-capacity "30" is not right; it must be a time such as 90s, 30m or 2h')
})
