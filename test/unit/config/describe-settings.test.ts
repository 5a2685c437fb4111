import { expect, it } from 'vitest'
import { describeSettings } from '../../../src/config/describe-settings.ts'
import { mergeSettings } from '../../../src/config/merge-settings.ts'
import { parseSettings } from '../../../src/config/settings-file.ts'

it('every value says where it comes from: flag, variable, line of a file, built in', () => {
  const project = parseSettings('fleets:\n  hpc:\n    nodes: 2\n    tags: {team: cfd}\n', 'muster.yaml')
  const user = parseSettings('region: eu-west-1\nfleets:\n  own:\n    lease: 2h\n', 'config.yaml')
  const request = { cwd: '/', env: { MUSTER_FLEET: 'own' }, flags: { cloud: 'sandbox' } }
  const { settings } = mergeSettings(request, project, user)
  const shown = describeSettings({ ...settings, projectFolder: '/' })
  const of = (key: string) => shown.find((one) => one.key === key)
  expect(of('cloud')).toEqual({ key: 'cloud', value: 'sandbox', origin: '--cloud' })
  expect(of('region')).toEqual({ key: 'region', value: 'eu-west-1', origin: 'config.yaml:1:9' })
  expect(of('profile')).toEqual({ key: 'profile', value: null, origin: 'not set' })
  expect(of('defaultFleet')).toEqual({ key: 'defaultFleet', value: 'own', origin: 'MUSTER_FLEET' })
  expect(of('fleets.hpc.nodes')).toEqual({ key: 'fleets.hpc.nodes', value: 2, origin: 'muster.yaml:3:12' })
  expect(of('fleets.hpc.tags')).toMatchObject({ value: { team: 'cfd' }, origin: 'muster.yaml:4:11' })
  expect(of('fleets.hpc.types')).toMatchObject({ origin: 'built-in default' })
  expect(of('fleets.own.leaseS')).toMatchObject({ value: 7200, origin: 'config.yaml:4:12' })
})
