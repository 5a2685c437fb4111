import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FleetSpec } from '../../../src/core/fleet/spec.ts'
import { userData, userDataScript } from '../../../src/launch/user-data.ts'
import { FLEET } from '../app/sample.ts'

const script = (change: Partial<FleetSpec> = {}, efa = false) =>
  userDataScript({ ...FLEET, ...change }, { efa, lustre: change.storage !== null })
const setting = (text: string, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1]

test('the fleet’s own values stand at its top, quoted', () => {
  const text = script({ name: "it's $(a) fleet", leaseS: 90, idleS: null, storage: null }, true)
  expect(text.startsWith('#!/bin/sh\n')).toBe(true)
  expect(text).toContain(String.raw`fleet='it'\''s $(a) fleet'` + '\n')
  expect(['lease_s', 'idle_s', 'lustre', 'efa'].map((name) => setting(text, name))).toEqual(['90', '0', 'no', 'yes'])
  const other = script({ leaseS: null, idleS: 600, maxLifeS: 7200, minNodes: 0 })
  const names = ['lease_s', 'idle_s', 'max_life_s', 'lustre', 'efa']
  expect(names.map((name) => setting(other, name))).toEqual(['0', '600', '7200', 'yes', 'no'])
})

test('the watchdog is in it, and starts before anything else', () => {
  const text = script()
  expect(text).toContain('this node ends: $reason')
  const steps = [...text.matchAll(/^ {2}step ['"]([^'"]+)/gm)].map((match) => match[1])
  expect(steps[0]).toBe('starting the watchdog')
  expect(steps.at(-1)).toBe('the fleet')
})

test('a fleet’s own text is in it word for word, whatever it holds', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('$', '`', "'", '\\', '\n', 'a', '&', 'END_OF_USER_DATA') }),
      (own) => {
        fc.pre(own.trim() !== '')
        const text = script({ userData: own })
        const [, end = ''] = /<<'(END_OF_USER_DATA_*)'$/m.exec(text) ?? []
        const from = text.indexOf(`<<'${end}'\n`) + end.length + 5
        const to = text.indexOf(`\n${end}\n`, from)
        expect(text.slice(from, to + 1).replace(/\n$/, '')).toBe(own.replace(/\n$/, ''))
      },
    ),
  )
})

test('what EC2 would not take plain is compressed, and what does not fit even so is refused, naming the sizes', () => {
  const plain = userData(FLEET, { efa: true, lustre: true })
  expect(plain.length).toBeLessThanOrEqual(16_384)
  expect(Buffer.from(plain.subarray(0, 9)).toString()).toBe('#!/bin/sh')
  const long = { ...FLEET, userData: '# a comment\n'.repeat(3000) }
  const packed = userData(long, { efa: true, lustre: true })
  expect(packed.length).toBeLessThanOrEqual(16_384)
  expect(gunzipSync(packed).toString()).toBe(userDataScript(long, { efa: true, lustre: true }))
  const noise = { ...FLEET, userData: randomBytes(20_000).toString('base64') }
  expect(() => userData(noise, { efa: true, lustre: true })).toThrow(
    expect.objectContaining({
      code: 'ConfigInvalid',
      message: expect.stringMatching(
        /of fleet hpc has \d+ bytes when compressed, 26668 of its \d+ from userData.*16384/,
      ),
    }),
  )
})

test('nodes of a fleet that is to have a least number do not end themselves: whoever works the queue says which may go', () => {
  const schedules = [{ cron: '0 7 * * *', timeZone: 'UTC', min: 2, max: null }]
  expect(setting(script({ idleS: 600, minNodes: 1 }), 'idle_s')).toBe('0')
  expect(setting(script({ idleS: 600, minNodes: 0, scaling: { ...FLEET.scaling, schedules } }), 'idle_s')).toBe('0')
})
