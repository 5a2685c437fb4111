import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pluginOutput, truncated } from '../../../../src/sandbox/services/ssm/state/output.ts'
import { outcomeOf } from '../../../../src/sandbox/services/ssm/state/outcome.ts'
import { concurrencyOf, shareOf } from '../../../../src/sandbox/services/ssm/state/rate.ts'
import { createCommand } from '../../../../src/sandbox/services/ssm/state/command.ts'
import { verdict } from '../../../../src/sandbox/services/ssm/state/status.ts'
import { summaryOf } from '../../../../src/sandbox/services/ssm/state/summary.ts'
import { scriptOf } from '../../../../src/sandbox/services/ssm/script.ts'

describe('output', () => {
  it('is never longer than the limit, and whole where it fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'grapheme' }), fc.integer({ min: 25, max: 50 }), (text, limit) => {
        const cut = truncated(text, limit)
        expect(cut.length).toBeLessThanOrEqual(limit)
        expect(text.length <= limit ? cut === text : cut.endsWith('--output truncated--')).toBe(true)
      }),
    )
  })

  it('of a plugin has both streams in 2,400 characters', () => {
    expect(pluginOutput('out\n', '')).toBe('out\n')
    expect(pluginOutput('out\n', 'err\n')).toBe('out\n\n----------ERROR-------\nerr\n')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9000 }), (out, err) => {
        const output = pluginOutput('o'.repeat(out), 'e'.repeat(err))
        expect(output.length).toBeLessThanOrEqual(2400)
        expect(output.includes('Output truncated') || output.startsWith('o'.repeat(out))).toBe(true)
        expect(output.includes('Error truncated') || output.endsWith('e'.repeat(err))).toBe(true)
      }),
    )
  })
})

describe('an exit code', () => {
  it.each([
    [0, false, 'Success', 'Success', 'err\n'],
    [7, false, 'Failed', 'Failed', 'err\nfailed to run commands: exit status 7'],
    [137, false, 'TimedOut', 'ExecutionTimedOut', 'err\n'],
    [137, true, 'Cancelled', 'Cancelled', 'err\n'],
  ])('%d (cancelling: %s) means %s', (code, cancelling, status, details, stderr) => {
    expect(outcomeOf(result(code), cancelling)).toEqual({
      verdict: { status, details },
      exitCode: code,
      stdout: 'out',
      stderr,
    })
  })

  it('194 fails, saying that no node of the sandbox reboots', () => {
    expect(outcomeOf(result(194), false)).toMatchObject({
      verdict: { status: 'Failed' },
      stderr: expect.stringContaining('reboot'),
    })
  })

  it('of a lost node is never reported', () => {
    expect(outcomeOf({ ended: 'lost', exitCode: -1, stdout: '', stderr: '' }, false)).toBeUndefined()
  })
})

it('shares of nodes are rounded down, but one node always gets the command', () => {
  expect([
    shareOf('10%', 50),
    shareOf('3', 50),
    shareOf('10%', 5),
    concurrencyOf('10%', 5),
    concurrencyOf('50', 3),
  ]).toEqual([5, 3, 0, 1, 50])
})

describe('a command as a whole', () => {
  it.each([
    ['0', [], 'Success/NoInstancesInTag'],
    ['0', ['Pending', 'Pending'], 'Pending/Pending'],
    ['0', ['Pending', 'Success'], 'InProgress/InProgress'],
    ['0', ['Delayed', 'Pending'], 'InProgress/InProgress'],
    ['0', ['Success', 'Success'], 'Success/Success'],
    ['0', ['Success', 'Failed'], 'Failed/Failed'],
    ['0', ['Success', 'ExecutionTimedOut'], 'TimedOut/ExecutionTimedOut'],
    ['0', ['DeliveryTimedOut'], 'TimedOut/DeliveryTimedOut'],
    ['1', ['Success', 'DeliveryTimedOut'], 'Failed/Incomplete'],
    ['1', ['Success', 'Failed'], 'Failed/Incomplete'],
    ['0', ['Undeliverable', 'Undeliverable'], 'Failed/Failed'],
    ['0', ['Undeliverable', 'Success'], 'Success/Success'],
  ])('MaxErrors %s, %j: %s', (maxErrors, details, expected) => {
    expect(summary(maxErrors, ...details)).toBe(expected)
  })
})

describe('parameters', () => {
  it('become a script', () => {
    const given = { commands: ['a', 'b'], workingDirectory: ['/x'], executionTimeout: ['60'] }
    expect(scriptOf(given)).toEqual({ script: { text: 'a\nb', workingDirectory: '/x' }, executionTimeoutMs: 60_000 })
    expect(scriptOf({ commands: [''], executionTimeout: ['4'] }).executionTimeoutMs).toBe(3_600_000)
  })

  it.each([
    [{}, 'InvalidParameters'],
    [{ commands: [] }, 'InvalidParameters'],
    [{ commands: ['true'], command: ['true'] }, 'InvalidParameters'],
    [{ commands: ['true'], executionTimeout: ['172801'] }, 'InvalidParameters'],
    [{ commands: ['true'], executionTimeout: ['ten'] }, 'InvalidParameters'],
    [{ commands: ['true'], workingDirectory: ['/a', '/b'] }, 'InvalidParameters'],
    [{ commands: ['x'.repeat(65_536)] }, 'MaxDocumentSizeExceeded'],
  ])('%o are refused as %s', (parameters, code) => {
    expect(() => scriptOf(parameters as Record<string, string[]>)).toThrow(expect.objectContaining({ code }))
  })
})

const result = (exitCode: number) => ({ ended: 'exited' as const, exitCode, stdout: 'out', stderr: 'err\n' })

function summary(maxErrors: string, ...details: string[]) {
  const request = { ...REQUEST, maxErrors }
  const nodes = details.map((_, index) => ({ instanceId: `i-${index}`, hostname: '' }))
  const command = createCommand(request, { id: 'x', region: 'r', now: 0 }, nodes)
  command.invocations.forEach((invocation, index) => {
    const detail = details[index] ?? ''
    invocation.verdict = verdict(STATUS_OF[detail] ?? (detail as 'Pending'), detail)
  })
  const { status, details: shown } = summaryOf(command)
  return `${status}/${shown}`
}

const STATUS_OF: Record<string, 'TimedOut' | 'Failed'> = {
  ExecutionTimedOut: 'TimedOut',
  DeliveryTimedOut: 'TimedOut',
  Undeliverable: 'Failed',
}
const REQUEST = {
  documentVersion: '',
  comment: '',
  parameters: {},
  instanceIds: [],
  targets: [],
  maxConcurrency: '50',
  timeoutMs: 30_000,
  executionTimeoutMs: 60_000,
  script: { text: '', workingDirectory: null },
  stored: { bucket: '', keyPrefix: '', serviceRole: '', notification: {}, cloudWatch: {} },
}
