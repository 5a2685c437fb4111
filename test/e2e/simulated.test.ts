import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeeded } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'
import { rehearseSimulated, type SimulatedRehearsal } from '../rehearsal/simulated.ts'

const NODES = 60
const LEASE_S = 9
const FLEET = `fleets:
  many: {type: c7g.large, nodes: ${NODES}, placement: none, zones: [us-east-1a]}
  kept: {type: c7g.large, nodes: ${NODES}, placement: none, zones: [us-east-1a], lease: ${LEASE_S}s}
`

/** The bench has the thousand; this holds what makes the thousand possible. */
let rehearsal: SimulatedRehearsal
beforeAll(async () => {
  const latencies = { pendingMs: 200, onlineMs: 300, fileSystemMs: 300, commandMs: 20 }
  rehearsal = await rehearseSimulated(latencies, FLEET)
}, 60_000)
afterAll(() => rehearsal.close())

test('a fleet of simulated nodes goes up and down at AWS’s published rates, with no call a node', async () => {
  await rehearsal.forgetCalls()
  const up = succeeded(await rehearsal.run('up'))
  const down = succeeded(await rehearsal.run('down'))
  expect(`${up.stderr}${down.stderr}`).not.toMatch(/throttl|rate exceeded|limit exceeded/i)
  const { calls } = await rehearsal.calls()
  // Two commands (50 nodes each) for each of five steps, not one for each node.
  expect(calls['ssm:SendCommand']).toBeGreaterThanOrEqual(8)
  expect(calls['ssm:SendCommand']).toBeLessThan(NODES / 4)
  expect(calls['ssm:GetCommandInvocation'] ?? 0).toBe(0)
  expect(calls['ec2:TerminateInstances']).toBe(1)
}, 120_000)

test('whoever works the queue renews three times a lease, with one call for 50 nodes and no more', async () => {
  succeeded(await rehearsal.run('up', 'kept'))
  succeeded(await rehearsal.run('submit', '--fleet', 'kept', '--hold', '--nodes', '1', '--', 'true'))
  await rehearsal.forgetCalls()
  const began = Date.now()
  const worker = rehearsal.start('work')
  const sent = async () => (await rehearsal.calls()).calls['ssm:SendCommand'] ?? 0
  await until('it has renewed three times', async () => (await sent()) >= 6)
  const calls = await sent()
  const intervals = (Date.now() - began) / ((LEASE_S / 3) * 1000)
  worker.process.kill('SIGKILL')
  await worker.ended
  // The first comes at once; 60 nodes are two calls.
  expect(calls).toBeLessThanOrEqual(2 * (Math.floor(intervals) + 1))
  succeeded(await rehearsal.run('down', 'kept'))
}, 120_000)
