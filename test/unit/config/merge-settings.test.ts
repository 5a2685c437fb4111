import { describe, expect, test } from 'vitest'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { mergeSettings } from '../../../src/config/merge-settings.ts'
import { parseSettings } from '../../../src/config/settings-file.ts'
import { BUILT_IN_FLEET, type SettingsRequest } from '../../../src/config/settings.ts'

interface Case {
  readonly project?: string
  readonly user?: string
  readonly env?: SettingsRequest['env']
  readonly flags?: SettingsRequest['flags']
}

function merge({ project = '', user = '', env = {}, flags = {} }: Case) {
  const files = [parseSettings(project, 'muster.yaml'), parseSettings(user, '/home/user.yaml')] as const
  expect(files.flatMap((file) => file.problems)).toEqual([])
  return mergeSettings({ cwd: '/', env, flags }, ...files)
}

test('nothing at all gives the built-in default', () => {
  expect(merge({})).toEqual({
    problems: [],
    settings: {
      cloud: 'sandbox',
      region: 'us-east-1',
      profile: null,
      fleets: { hpc: BUILT_IN_FLEET },
      limits: NO_LIMITS,
      defaultFleet: 'hpc',
      origin: {
        cloud: 'built-in default',
        region: 'built-in default',
        'fleets.hpc': 'built-in default',
        defaultFleet: 'built-in default',
      },
    },
  })
})

describe('what wins', () => {
  const user = 'region: eu-west-1\n'
  const project = '# ours\nregion: eu-west-2\n'
  const env = { MUSTER_REGION: 'eu-west-3', AWS_REGION: 'eu-north-1' }
  test.each<[string, Case, string, string]>([
    ['the user file over the default', { user }, 'eu-west-1', '/home/user.yaml:1:9'],
    ['the project over the user file', { user, project }, 'eu-west-2', 'muster.yaml:2:9'],
    ['the variable over the files', { user, project, env }, 'eu-west-3', 'MUSTER_REGION'],
    ['the flag over all', { user, project, env, flags: { region: 'sa-east-1' } }, 'sa-east-1', '--region'],
    ['no empty variable', { user, env: { MUSTER_REGION: '' } }, 'eu-west-1', '/home/user.yaml:1:9'],
    ['no AWS_REGION in the sandbox', { env: { AWS_REGION: 'eu-north-1' } }, 'us-east-1', 'built-in default'],
    [
      'AWS_DEFAULT_REGION with aws',
      { env: { AWS_DEFAULT_REGION: 'eu-north-1', MUSTER_CLOUD: 'aws' } },
      'eu-north-1',
      'AWS_DEFAULT_REGION',
    ],
    ['AWS_REGION with aws', { env: { AWS_REGION: 'eu-north-1', MUSTER_CLOUD: 'aws' } }, 'eu-north-1', 'AWS_REGION'],
  ])('%s', (_name, given, region, from) => {
    const { settings, problems } = merge(given)
    expect(problems).toEqual([])
    expect([settings.region, settings.origin['region']]).toEqual([region, from])
  })
})

test('aws without a region leaves it to the SDK', () => {
  const { settings } = merge({ flags: { cloud: 'aws' }, env: { AWS_PROFILE: 'work' } })
  expect(settings).toMatchObject({ cloud: 'aws', region: null, profile: 'work' })
})

describe('fleets', () => {
  test('a file that describes fleets does without the built-in one, whose values fill the gaps', () => {
    const { settings } = merge({ project: 'fleets: {cfd: {type: c7i.large, nodes: 2, storage: none}}' })
    expect(settings.fleets).toEqual({
      cfd: { ...BUILT_IN_FLEET, name: 'cfd', types: ['c7i.large'], nodes: 2, storage: null },
    })
    expect(settings.defaultFleet).toBe('cfd')
  })

  test('those of both files are there, the project wins by name and is the default', () => {
    const { settings } = merge({
      user: 'fleets: {a: {nodes: 1}, b: {nodes: 1}}\ndefaultFleet: a',
      project: 'fleets: {b: {nodes: 2}}',
    })
    expect([settings.fleets['a']?.nodes, settings.fleets['b']?.nodes, settings.defaultFleet]).toEqual([1, 2, 'b'])
  })

  test('storage and profile in full', () => {
    const storage =
      '{capacity: 2.4 TiB, deployment: PERSISTENT_2, throughput: 250, mount: /scratch/x, onTeardown: keep}'
    const { settings } = merge({
      project: `fleets: {a: {instanceProfile: none, image: ami-1, placement: none, storage: ${storage}}}`,
    })
    expect(settings.fleets['a']).toMatchObject({
      instanceProfile: null,
      image: 'ami-1',
      placement: 'none',
      storage: { capacityGiB: 2400, deployment: 'PERSISTENT_2', throughputPerTiB: 250, mountPoint: '/scratch/x' },
    })
  })

  test('machines: what they need, how many, how they are bought, in which order', () => {
    const { settings } = merge({
      project: [
        'fleets:',
        '  a: {type: {cores: 32, memory: 0.5 TiB, architecture: x86_64}, nodes: {max: 9}, capacity: [spot, on-demand]}',
        '  b: {type: [c7i.large, c6i.large], nodes: {min: 2, max: 4}, zones: [us-east-1b, us-east-1a], order: price}',
        '  c: {capacity: reservation, reservation: cr-0123456789abcdef0, zones: auto}',
      ].join('\n'),
    })
    expect(settings.fleets['a']).toMatchObject({
      types: [],
      need: { cores: 32, memoryMiB: 524_288, architecture: 'x86_64', gpus: 0 },
      nodes: 1,
      minNodes: 0,
      maxNodes: 9,
      capacity: ['spot', 'on-demand'],
      zones: null,
    })
    expect(settings.fleets['b']).toMatchObject({
      types: ['c7i.large', 'c6i.large'],
      need: null,
      nodes: 2,
      maxNodes: 4,
      zones: ['us-east-1b', 'us-east-1a'],
      order: 'price',
    })
    expect(settings.fleets['c']).toMatchObject({ capacity: ['reservation'], reservation: 'cr-0123456789abcdef0' })
  })

  test.each([
    ['{reservation: cr-01234567}', 'f:1:14: fleets.a.reservation goes with capacity: reservation'],
    ['{placement: spread, nodes: 8}', 'f:1:14: fleets.a.placement is spread, which takes at most 7 nodes in a zone'],
  ])('keys that do not go together: %s', (fields, problem) => {
    const { problems } = parseSettings(`fleets: {a: ${fields}}`, 'f')
    expect(problems.map(({ where, text }) => `${where}: ${text}`)).toEqual([expect.stringContaining(problem)])
  })

  test('a default fleet that nobody describes', () => {
    const { problems } = merge({ project: 'fleets: {cfd: {}}\ndefaultFleet: cdf' })
    expect(problems).toEqual([
      {
        where: 'muster.yaml:2:15',
        text: 'default fleet "cdf" is not described under fleets; did you mean "cfd"?',
        position: null,
      },
    ])
    expect(merge({ env: { MUSTER_FLEET: 'constructor' } }).problems).toHaveLength(1)
  })

  test('throughput without PERSISTENT_2', () => {
    expect(parseSettings('fleets: {a: {storage: {throughput: 125}}}', 'f').problems[0]?.text).toContain(
      'PERSISTENT_2 only',
    )
  })
})

test('wrong flags and variables are named', () => {
  const { problems } = merge({ flags: { cloud: 'azure' }, env: { MUSTER_REGION: 'x y' } })
  expect(problems.map(({ where, text }) => `${where}: ${text}`)).toEqual([
    '--cloud: "azure" is not right; it must be sandbox or aws',
    'MUSTER_REGION: "x y" is not right; it must be an AWS region such as us-east-1',
  ])
})

test('limits of all fleets are those of the project, as a whole; else those of the user', () => {
  const user = 'limits: {total: 500}'
  const ofUser = merge({ user })
  expect(ofUser.settings.limits).toEqual({ ...NO_LIMITS, total: 500 })
  const both = merge({ project: 'cloud: sandbox\nlimits: {perHour: 20}', user })
  expect(both.settings.limits).toEqual({ ...NO_LIMITS, perHour: 20 })
  expect(both.settings.origin['limits']).toMatch(/:2:\d+$/)
})
