import { DescribeTagsCommand, EC2Client, type TagDescription } from '@aws-sdk/client-ec2'
import { DescribeFileSystemsCommand, FSxClient } from '@aws-sdk/client-fsx'
import { afterEach, expect, it } from 'vitest'
import { raiseFleet } from '../../src/app/fleet/raise.ts'
import { connectAws } from '../../src/aws/connect.ts'
import { sleep } from '../../src/kit/sleep.ts'
import { createEc2 } from '../../src/sandbox/services/ec2/service.ts'
import { createFsx } from '../../src/sandbox/services/fsx/service.ts'
import { createIam } from '../../src/sandbox/services/iam/service.ts'
import { createSsm } from '../../src/sandbox/services/ssm/service.ts'
import { createSts } from '../../src/sandbox/services/sts/service.ts'
import { fakeRemoteExec } from '../fakes/remote-exec.ts'
import { fakeServices } from '../fakes/services.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/harness.ts'
import { FLEET, playNodes } from '../unit/app/sample.ts'

let cloud: TestSandbox | null = null
afterEach(() => cloud?.close())

/** Everything that a raise makes at EC2, by DescribeTags' own names of kinds. */
const KINDS = [
  'instance',
  'launch-template',
  'network-interface',
  'placement-group',
  'security-group',
  'volume',
] as const

it('everything that a raise makes has the tags of its fleet, as the endpoint reads them back', async () => {
  cloud = await startTestSandbox({ services: [createEc2, createIam, createFsx, createSsm, createSts] })
  const { region, endpoint, credentials, client } = cloud
  const clock = { now: Date.now, sleep }
  const ports = connectAws({ region, endpoint, credentials, clock, ids: Math, pollMs: { first: 10, longest: 50 } })
  const { compute, storage, identity } = ports
  const remote = fakeRemoteExec(() => true)
  const services = fakeServices({ compute, storage, identity, remote, clock } as never)
  playNodes(services)
  await raiseFleet({ ...FLEET, tags: { team: 'cfd', Name: 'ours' } }, services)

  const { Tags: all = [] } = await new EC2Client(client).send(new DescribeTagsCommand({}))
  const byResource = Map.groupBy(all, ({ ResourceId }) => ResourceId)
  const seen = [...byResource.values()].map((tags) => ({ kind: tags[0]?.ResourceType, tags: asRecord(tags) }))
  const ours = seen.filter(({ tags }) => tags['muster:fleet'] === 'hpc')
  expect([...new Set(ours.map(({ kind }) => String(kind)))].filter((kind) => kind !== 'fleet').toSorted()).toEqual(
    KINDS,
  )
  for (const { kind, tags } of ours) {
    expect(tags, kind).toMatchObject({ team: 'cfd', Name: 'ours', 'muster:owner': expect.stringMatching(/./) })
    expect(tags['muster:action'], kind).toMatch(/^hpc\//)
  }
  for (const { tags } of ours.filter(({ kind }) => kind === 'instance')) expect(tags['muster:cohort']).toBe('c0x2')

  const { FileSystems = [] } = await new FSxClient(client).send(new DescribeFileSystemsCommand({}))
  expect(asRecord(FileSystems[0]?.Tags ?? [])).toMatchObject({
    team: 'cfd',
    'muster:fleet': 'hpc',
    'muster:owner': expect.stringMatching(/./),
  })
})

function asRecord(tags: readonly Pick<TagDescription, 'Key' | 'Value'>[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}
