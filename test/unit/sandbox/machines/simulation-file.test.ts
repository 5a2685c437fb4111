import { expect, test } from 'vitest'
import type { MachineScript, MachineSpec } from '../../../../src/sandbox/machines/machine.ts'
import { simulationFrom, simulationOf } from '../../../../src/sandbox/machines/simulated/simulation-file.ts'

const spec = { instanceId: 'i-1', privateIp: '10.0.0.4', hostname: 'ip-10-0-0-4' } as MachineSpec
const script = (text: string): MachineScript => ({ id: 'c', text, workingDirectory: null, env: {}, timeoutMs: 1000 })

test('the first pattern that is found answers, in the name of the node', () => {
  const { simulation, pace } = simulationOf({
    onlineMs: 70,
    pace: { pendingMs: 5 },
    answers: [
      { pattern: 'keys\\.sh', stdout: '{{instanceId}} {{privateIp}} {{hostname}}', afterMs: 9 },
      { pattern: 'keys', exitCode: 3 },
    ],
  })
  expect(pace).toEqual({ pendingMs: 5 })
  expect(simulation.onlineMs?.(spec)).toBe(70)
  expect(simulation.answer?.(script('sh keys.sh'), spec)).toEqual({
    afterMs: 9,
    exitCode: 0,
    stdout: 'i-1 10.0.0.4 ip-10-0-0-4',
    stderr: '',
  })
  expect(simulation.answer?.(script('keys'), spec)).toMatchObject({ exitCode: 3 })
  expect(simulation.answer?.(script('other'), spec)).toMatchObject({ exitCode: 0, stdout: '' })
})

test.each([
  [[], 'no JSON object'],
  [{ online: 1 }, 'online is nothing that it has'],
  [{ onlineMs: -1 }, 'onlineMs must be milliseconds'],
  [{ answers: [{}] }, 'have a pattern'],
  [{ pace: { pending: 1 } }, 'under names such as pendingMs'],
  [{ answers: [{ pattern: '(' }] }, 'Invalid regular expression'],
])('%j is refused', (content, why) => {
  expect(() => simulationOf(content)).toThrow(why)
})

test('a file that is not there is an error; no variable is no simulation', () => {
  expect(() => simulationFrom({ MUSTER_SANDBOX_SIMULATION: '/no/such/file' })).toThrow(/no such file/i)
  expect(simulationFrom({})).toEqual({ simulation: {}, pace: {} })
})
