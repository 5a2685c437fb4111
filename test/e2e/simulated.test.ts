import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeeded } from '../rehearsal/rehearse.ts'
import { rehearseSimulated, type SimulatedRehearsal } from '../rehearsal/simulated.ts'

const NODES = 60
const FLEET = `fleets:
  many: {type: c7g.large, nodes: ${NODES}, placement: none, zones: [us-east-1a]}
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
