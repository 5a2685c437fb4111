import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { powerRequest } from '../../../../src/sandbox/agent/shutdown-words.ts'

const noon = new Date(2026, 8, 1, 12, 0, 0)
const shutdown = (...words: string[]) => powerRequest('shutdown', words, noon)

describe('powerRequest', () => {
  it.each([
    [['-h', 'now'], 'poweroff', 0],
    [['now'], 'poweroff', 0],
    [['-P', '+0'], 'poweroff', 0],
    [['-h', '+15', 'lease', 'is', 'over'], 'poweroff', 900_000],
    [['15'], 'poweroff', 900_000],
    [[], 'poweroff', 60_000],
    [['-r', 'now'], 'reboot', 0],
    [['--reboot', '+1'], 'reboot', 60_000],
    [['-hr', 'now'], 'reboot', 0],
    [['12:30'], 'poweroff', 1_800_000],
    [['11:59'], 'poweroff', 86_340_000],
  ] as const)('shutdown %j', (words, kind, afterMs) => {
    expect(shutdown(...words)).toEqual({ kind, afterMs })
  })

  it('cancels', () => expect(shutdown('-c')).toEqual({ kind: 'cancel' }))

  it.each([['soon'], ['25:00'], ['12:60'], ['-x'], ['--what']])('refuses %s', (word) => {
    expect(shutdown(word).kind).toBe('refused')
  })

  it('knows the other programs', () => {
    expect(powerRequest('poweroff', [], noon)).toEqual({ kind: 'poweroff', afterMs: 0 })
    expect(powerRequest('halt', ['-f'], noon)).toEqual({ kind: 'poweroff', afterMs: 0 })
    expect(powerRequest('reboot', [], noon)).toEqual({ kind: 'reboot', afterMs: 0 })
    expect(powerRequest('reboot', ['-p'], noon)).toEqual({ kind: 'poweroff', afterMs: 0 })
  })

  it('is never in the past, nor more than a day ahead for a time of day', () => {
    fc.assert(
      fc.property(
        fc.nat(23),
        fc.nat(59),
        fc.date({ noInvalidDate: true, min: new Date(2020, 0), max: new Date(2030, 0) }),
        (hour, minute, now) => {
          const request = powerRequest('shutdown', [`${hour}:${String(minute).padStart(2, '0')}`], now)
          const afterMs = 'afterMs' in request ? request.afterMs : -1
          // A day may have 25 hours where clocks are set back.
          expect(afterMs).toBeGreaterThan(0)
          expect(afterMs).toBeLessThanOrEqual(25 * 3_600_000)
        },
      ),
    )
  })
})
