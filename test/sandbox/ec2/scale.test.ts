import {
  CreateTagsCommand,
  DescribeInstanceTypesCommand,
  paginateDescribeInstances,
  paginateDescribeInstanceTypes,
  paginateDescribeTags,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'

let world: Ec2World

beforeAll(async () => {
  world = await startEc2()
})

afterAll(() => world.close())

test('a thousand instances are launched, tagged, described page by page and ended', async () => {
  const { ec2 } = world
  const ids = await run(world, { MinCount: 1000, MaxCount: 1000 })
  expect(new Set(ids).size).toBe(1000)
  await ec2.send(new CreateTagsCommand({ Resources: ids, Tags: [{ Key: 'muster:fleet', Value: 'large' }] }))

  const seen: string[] = []
  const addresses = new Set<string>()
  const Filters = [{ Name: 'tag:muster:fleet', Values: ['lar?e'] }]
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2, pageSize: 300 }, { Filters }))
    for (const one of Reservations.flatMap(({ Instances = [] }) => Instances)) {
      seen.push(one.InstanceId ?? '')
      addresses.add(one.PrivateIpAddress ?? '')
    }
  expect(seen.toSorted()).toEqual(ids.toSorted())
  expect(addresses.size).toBe(1000)

  let tags = 0
  const ofFleet = { Filters: [{ Name: 'key', Values: ['muster:fleet'] }] }
  for await (const { Tags = [] } of paginateDescribeTags({ client: ec2, pageSize: 1000 }, ofFleet)) tags += Tags.length
  expect(tags).toBe(1000)
  const { TerminatingInstances } = await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids }))
  expect(TerminatingInstances).toHaveLength(1000)
})

test('instance types come in pages too, each once, and filters reach into their structure', async () => {
  const names: string[] = []
  for await (const { InstanceTypes = [] } of paginateDescribeInstanceTypes({ client: world.ec2, pageSize: 7 }, {}))
    names.push(...InstanceTypes.map(({ InstanceType = '' }) => InstanceType))
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('hpc7g.16xlarge')
  const { InstanceTypes = [] } = await world.ec2.send(
    new DescribeInstanceTypesCommand({
      Filters: [
        { Name: 'network-info.efa-supported', Values: ['true'] },
        { Name: 'processor-info.supported-architecture', Values: ['arm64'] },
        { Name: 'supported-usage-class', Values: ['on-demand'] },
        { Name: 'instance-type', Values: ['hpc*'] },
      ],
    }),
  )
  expect(InstanceTypes.map(({ InstanceType }) => InstanceType)).toEqual([
    'hpc7g.16xlarge',
    'hpc7g.4xlarge',
    'hpc7g.8xlarge',
  ])
  expect(InstanceTypes[0]).toMatchObject({
    VCpuInfo: { DefaultVCpus: 64 },
    NetworkInfo: { EfaInfo: { MaximumEfaInterfaces: 1 } },
  })
})
