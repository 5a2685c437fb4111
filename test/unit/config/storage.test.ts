import { describe, expect, it, test } from 'vitest'
import { parseSettings } from '../../../src/config/settings-file.ts'

const parse = (storage: string) => parseSettings(`fleets: {a: {storage: ${storage}}}`, 'f')
const spec = (storage: string) => parse(storage).fleets[0]?.storage

describe('what storage means', () => {
  test('nothing said', () => {
    expect(spec('{}')).toEqual({
      kind: 'new',
      capacityGiB: 1200,
      deployment: 'SCRATCH_2',
      throughputPerTiB: null,
      compression: 'none',
      metadata: null,
      efa: false,
      mountPoint: '/fsx',
      imports: [],
      exportTo: null,
      onTeardown: 'delete',
    })
  })

  test('one that exists', () => {
    expect(spec('{id: fs-0123456789abcdef0, mount: /lustre}')).toEqual({
      kind: 'existing',
      id: 'fs-0123456789abcdef0',
      mountPoint: '/lustre',
    })
  })

  test('with a place to export to, exporting is what teardown does', () => {
    expect(spec('{export: s3://results/run-1/}')).toMatchObject({
      exportTo: 's3://results/run-1',
      onTeardown: 'export',
      imports: [],
    })
    expect(spec('{export: s3://results/run-1, onTeardown: keep}')).toMatchObject({ onTeardown: 'keep' })
  })

  test('one place to import from appears in /data', () => {
    expect(spec('{import: s3://inn/put}')).toMatchObject({ imports: [{ path: '/data', from: 's3://inn/put' }] })
    expect(spec('{import: [{path: /a, from: s3://inn/a}, {path: /b, from: s3://inn/b}]}')).toMatchObject({
      imports: [
        { path: '/a', from: 's3://inn/a' },
        { path: '/b', from: 's3://inn/b' },
      ],
    })
  })

  test('a persistent one in full', () => {
    const given =
      '{capacity: 9600, deployment: PERSISTENT_2, throughput: 500, metadata: 12000, compression: lz4, efa: true, onTeardown: keep}'
    expect(parse(given).problems).toEqual([])
    expect(spec(given)).toMatchObject({
      capacityGiB: 9600,
      throughputPerTiB: 500,
      metadata: 12_000,
      compression: 'lz4',
      efa: true,
    })
  })
})

test('an existing file system takes nothing but a mount point beside it', () => {
  const network = 'network: {securityGroups: [sg-0123456789abcdef0]}'
  const text = (storage: string) => parseSettings(`fleets: {a: {${network}, storage: ${storage}}}`, 'f').problems
  expect(text('{id: fs-0123456789abcdef0, mount: /lustre}')).toEqual([])
  expect(text('{id: fs-0123456789abcdef0, capacity: 1200}')[0]?.text).toContain('capacity does not go with id')
})

describe('what AWS would refuse', () => {
  it.each([
    [
      '{capacity: 1300}',
      'capacity is 1300 GiB; SCRATCH_2 comes as 1200 GiB or a multiple of 2400 GiB: the nearest are 1200 GiB and 2400 GiB',
    ],
    ['{capacity: 5000}', 'the nearest are 4800 GiB and 7200 GiB'],
    ['{capacity: 3}', 'the nearest is 1200 GiB'],
    [
      '{capacity: 4800, deployment: PERSISTENT_2, throughput: 500, efa: true, onTeardown: keep}',
      'capacity is 4800 GiB; PERSISTENT_2 with 500 MB/s a TiB and EFA comes as a multiple of 9600 GiB: the nearest is 9600 GiB',
    ],
    [
      '{capacity: 30000, deployment: PERSISTENT_2, throughput: 500, efa: true, onTeardown: keep}',
      'the nearest are 28800 GiB and 38400 GiB',
    ],
    ['{efa: true, capacity: 38400}', 'efa is true, and only PERSISTENT_2 has EFA'],
    ['{throughput: 250}', 'throughput goes with deployment PERSISTENT_2 only'],
    ['{metadata: automatic}', 'metadata goes with deployment PERSISTENT_2 only'],
    ['{deployment: PERSISTENT_2}', 'deployment is PERSISTENT_2; say what becomes of it with onTeardown'],
    ['{onTeardown: export}', 'onTeardown is export, but export names no place in S3'],
    ['{id: fs-0123456789abcdef0}', 'storage.id needs network.securityGroups of the fleet'],
    ['{import: s3://same/x, export: s3://same/x/out}', 'export is s3://same/x/out, which s3://same/x is imported from'],
    [
      '{import: [{path: /a, from: s3://xxx/a}, {path: /a/b, from: s3://yyy/b}]}',
      'import has /a/b and /a one inside the other',
    ],
    ['{import: [{path: /jobs/in, from: s3://xxx/a}]}', "import names /jobs/in, but /jobs is muster's"],
    ['{import: "http://x/y"}', 'import is "http://x/y"; it must be a place in S3'],
    ['{export: "s3://bucket/a/../b"}', 'it must be a place in S3'],
    ['{metadata: 5000}', 'metadata is 5000; it must be automatic, 1500, 3000, 6000, or a multiple of 12000'],
    ['{id: fs-xyz}', 'it must be the id of a file system'],
  ])('%s', (given, problem) => {
    const { problems } = parse(given)
    expect(problems.map(({ text }) => text).join('\n')).toContain(problem)
    expect(problems[0]?.position).toMatchObject({ line: 1 })
  })
})
