import { expect, it } from 'vitest'
import { BUILT_IN_FLEET } from '../../../../src/config/settings.ts'
import { idleTimeMs } from '../../../../src/core/scaling/idle-time.ts'

it.each([
  [null, 0, 600_000],
  [600, 0, 540_000],
  [7200, 0, 7_140_000],
  [20, 0, 15_000],
  // Its nodes do not end themselves.
  [600, 2, 600_000],
])('a node of a fleet with idle %s and min %s is ended after %s ms', (idleS, minNodes, ms) => {
  expect(idleTimeMs({ ...BUILT_IN_FLEET, idleS, minNodes })).toBe(ms)
})
