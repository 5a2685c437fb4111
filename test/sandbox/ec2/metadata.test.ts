import { CreateTagsCommand, DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import type { Instance, Reservation } from '@aws-sdk/client-ec2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { run, startEc2 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { scriptedMachines } from './scripted-machines.ts'
import type { ScriptedMachines } from './scripted-machines.ts'

let machines: ScriptedMachines
let world: Ec2World

beforeEach(async () => {
  machines = scriptedMachines()
  world = await startEc2({ machines })
})

afterEach(() => world.close())

function reservedOne(reservations: readonly Reservation[] = []): Instance {
  const [one] = reservations.flatMap(({ Instances = [] }) => Instances)
  if (one === undefined) throw new Error('no instance is shown')
  return one
}

test('IMDS tells an instance what DescribeInstances tells others', async () => {
  const [id = ''] = await run(world, { UserData: Buffer.from('#!/bin/sh\n').toString('base64') })
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  const shown = reservedOne(Reservations)
  const { spec } = machines.of(id)
  const read = (path: string) => spec.metadata(`meta-data/${path}`)
  const mac = read('mac') ?? ''
  const macs = `network/interfaces/macs/${mac}`
  const told = {
    'instance-id': id,
    'instance-type': 'c7g.large',
    'local-ipv4': shown.PrivateIpAddress,
    'local-hostname': shown.PrivateDnsName,
    'ami-id': shown.ImageId,
    'placement/availability-zone': shown.Placement?.AvailabilityZone,
    'placement/availability-zone-id': shown.Placement?.AvailabilityZoneId,
    'placement/region': 'us-east-1',
    'network/interfaces/macs/': `${mac}/`,
    [`${macs}/subnet-id`]: shown.SubnetId,
    [`${macs}/security-group-ids`]: shown.SecurityGroups?.map(({ GroupId }) => GroupId).join('\n'),
  }
  expect(Object.fromEntries(Object.keys(told).map((path) => [path, read(path)]))).toEqual(told)
  expect(read('')?.split('\n')).toEqual(expect.arrayContaining(['instance-id', 'placement/', 'network/']))
  expect(read('iam/info')).toBeUndefined()
  expect(read('tags/instance/')).toBeUndefined()
  expect(read('nothing')).toBeUndefined()
  expect(read('constructor')).toBeUndefined()
  expect(spec.metadata('user-data')).toBe('#!/bin/sh\n')
  expect(JSON.parse(spec.metadata('dynamic/instance-identity/document') ?? '')).toMatchObject({
    instanceId: id,
    region: 'us-east-1',
  })
  expect(spec.hostname).toBe(shown.PrivateDnsName)
  expect(spec.prefixLength).toBe(16)
})

test('the role’s credentials are the sandbox’s own, and stay the same while they last', async () => {
  const [id = ''] = await run(world, { IamInstanceProfile: { Name: 'muster-node' } })
  const { spec } = machines.of(id)
  expect(spec.metadata('meta-data/iam/security-credentials/')).toBe('muster-node')
  const read = () =>
    JSON.parse(spec.metadata('meta-data/iam/security-credentials/muster-node') ?? '') as Record<string, string>
  const session = read()
  expect(session).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC' })
  const key = world.sandbox.world.credentials.find(session['AccessKeyId'] ?? '')
  expect(key).toMatchObject({
    secretAccessKey: session['SecretAccessKey'],
    sessionToken: session['Token'],
    principal: { instanceId: id },
  })
  expect(Date.parse(session['Expiration'] ?? '')).toBeGreaterThan(Date.now())
  expect(read()['AccessKeyId']).toBe(session['AccessKeyId'])
  expect(JSON.parse(spec.metadata('meta-data/iam/info') ?? '')).toMatchObject({
    InstanceProfileArn: 'arn:aws:iam::000000000000:instance-profile/muster-node',
  })
})

test('tags are in the metadata where the launch asks for it, and nothing is where IMDS is off', async () => {
  const tagged = { ResourceType: 'instance' as const, Tags: [{ Key: 'Name', Value: 'node 1' }] }
  const [id = ''] = await run(world, {
    MetadataOptions: { InstanceMetadataTags: 'enabled' },
    TagSpecifications: [tagged],
  })
  const { spec } = machines.of(id)
  expect(spec.metadata('meta-data/tags/instance/Name')).toBe('node 1')
  await world.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'stage', Value: 'ready' }] }))
  expect(spec.metadata('meta-data/tags/instance/')).toBe('Name\nstage')
  const [off = ''] = await run(world, { MetadataOptions: { HttpEndpoint: 'disabled' } })
  expect(machines.of(off).spec.metadata('meta-data/instance-id')).toBeUndefined()
})
