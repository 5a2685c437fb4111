import { expect, test } from 'vitest'
import { chooseFleet } from '../../../src/config/choose-fleet.ts'
import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import { isMusterError } from '../../../src/core/errors/muster-error.ts'

const settings = { fleets: { hpc: BUILT_IN_FLEET, cfd: { ...BUILT_IN_FLEET, name: 'cfd' } }, defaultFleet: 'hpc' }

test('by name, or the default', () => {
  expect(chooseFleet(settings, 'cfd').name).toBe('cfd')
  expect(chooseFleet(settings).name).toBe('hpc')
  expect(chooseFleet(settings, null).name).toBe('hpc')
})

test.each([
  ['hcp', 'did you mean hpc?', 'muster up hpc'],
  ['constructor', 'fleets are hpc, cfd', 'describe it in muster.yaml under fleets'],
])('%s is unknown', (name, words, suggestion) => {
  try {
    chooseFleet(settings, name)
    expect.unreachable()
  } catch (error) {
    if (!isMusterError(error, 'FleetUnknown')) throw error
    expect(error.message).toContain(words)
    expect(error.suggestions[0]).toBe(suggestion)
  }
})
