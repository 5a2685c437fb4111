import { DescribeInstancesCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectAws, type AwsPorts } from '../../../src/aws/connect.ts'
import { imageName } from '../../../src/core/fleet/image-choice.ts'
import { networkLayout } from '../../../src/core/fleet/network-layout.ts'
import { subnetFor } from '../../../src/core/network/fleet-network.ts'
import { sleep } from '../../../src/kit/sleep.ts'
import { startEc2, type Ec2World } from './ec2-world.ts'

/** What muster asks for, card by card, against what EC2 received and shows: asked with a client of the test's own. */
let world: Ec2World
let ports: AwsPorts
beforeAll(async () => {
  world = await startEc2()
  const { region, endpoint, credentials } = world.sandbox
  const clients = { clock: { now: Date.now, sleep }, ids: Math, pollMs: { first: 10, longest: 100 } }
  ports = connectAws({ region, endpoint, credentials, ...clients })
})
afterAll(() => world.close())

test.each([
  ['c6i.32xlarge', 1],
  ['hpc7g.16xlarge', 1],
  ['c8gn.48xlarge', 2],
  ['p4d.24xlarge', 4],
  ['p6-b200.48xlarge', 8],
  ['p5en.48xlarge', 16],
  ['p5.48xlarge', 32],
])('%s gets its %i EFA devices, each where it was asked for', async (instanceType, count) => {
  const { compute } = ports
  const fleet = instanceType.replaceAll('.', '-')
  const facts = await compute.facts(instanceType)
  const { name: placementGroup } = await compute.ensurePlacementGroup(fleet, 'a', 'cluster')
  const network = await compute.network(null)
  const { id: securityGroupId } = await compute.ensureSecurityGroup(fleet, 'a', network.vpc)
  const interfaces = networkLayout(facts, true)
  const template = await compute.ensureTemplate({
    fleet,
    action: 'a',
    instanceType,
    purchase: 'on-demand',
    reservation: null,
    image: imageName('auto', facts),
    rootDevice: '/dev/xvda',
    instanceProfile: 'muster-node',
    securityGroupIds: [securityGroupId],
    interfaces,
    userData: '#!/bin/sh\n',
    fingerprint: 'x',
  })
  const [id = ''] = await compute.launchCohort({
    fleet,
    cohort: 'c0x1',
    action: 'a',
    token: fleet,
    templateId: template.id,
    templateVersion: template.version,
    instanceType,
    zone: facts.zones[0] ?? '',
    subnetId: subnetFor(network, facts.zones[0] ?? '')?.id ?? '',
    count: 1,
    placementGroup,
    purchase: 'on-demand',
    reservation: null,
  })
  expect((await compute.observe(fleet)).nodes).toMatchObject([{ id, efaInterfaces: count }])

  const shown = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  const attached = shown.Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces ?? []
  expect(
    attached.map((one) => ({
      cardIndex: one.Attachment?.NetworkCardIndex,
      deviceIndex: one.Attachment?.DeviceIndex,
      kind: one.InterfaceType,
      groups: one.Groups?.map((group) => group.GroupId),
      ends: one.Attachment?.DeleteOnTermination,
      hasAddress: one.PrivateIpAddress !== undefined,
    })),
  ).toEqual(
    interfaces.map((one) => ({
      ...one,
      groups: [securityGroupId],
      ends: true,
      hasAddress: one.kind !== 'efa-only',
    })),
  )
})
