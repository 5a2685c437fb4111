import {
  CreateImageCommand,
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  StopInstancesCommand,
  waitUntilImageAvailable,
} from '@aws-sdk/client-ec2'
import type { CreateImageCommandInput, DescribeImagesCommandInput } from '@aws-sdk/client-ec2'
import { GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { publicImages } from '../../../src/sandbox/services/ec2/state/images.ts'
import { createSsm } from '../../../src/sandbox/services/ssm/service.ts'
import { startTestSandbox } from '../harness.ts'
import { ARM, refusal, run, startEc2, X86 } from './ec2-world.ts'
import type { Ec2World } from './ec2-world.ts'
import { manualClock } from './manual-clock.ts'
import { scriptedMachines } from './scripted-machines.ts'
import type { ScriptedMachines } from './scripted-machines.ts'

let clock: ReturnType<typeof manualClock>
let machines: ScriptedMachines
let world: Ec2World
beforeEach(async () => {
  clock = manualClock()
  machines = scriptedMachines()
  world = await startEc2({ clock, machines, pace: { imageMs: 2000 } })
})
afterEach(() => world.close())

async function images(input: DescribeImagesCommandInput = {}) {
  return (await world.ec2.send(new DescribeImagesCommand(input))).Images ?? []
}

async function running(): Promise<string> {
  const [id = ''] = await run(world)
  await clock.forward(500)
  return id
}

async function bake(InstanceId: string, input: Partial<CreateImageCommandInput> = {}): Promise<string> {
  const call = new CreateImageCommand({ InstanceId, Name: 'muster-baked', NoReboot: true, ...input })
  return (await world.ec2.send(call)).ImageId ?? ''
}

test('every public parameter names an image, by all three calls', async () => {
  const sandbox = await startTestSandbox({ services: [createEc2, createSsm] })
  const ssm = new SSMClient({ ...sandbox.client, maxAttempts: 1 })
  try {
    const known = new Map(publicImages('us-east-1').flatMap((one) => one.parameterNames.map((name) => [name, one.id])))
    expect([...known.keys()]).toEqual(
      expect.arrayContaining([
        '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
        '/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64',
        '/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id',
        '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id',
        '/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id',
        '/aws/service/deeplearning/ami/arm64/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id',
      ]),
    )
    for (const [Name, id] of known)
      expect((await ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value).toBe(id)
    const { Parameters, InvalidParameters } = await ssm.send(
      new GetParametersCommand({ Names: [...[...known.keys()].slice(0, 9), '/aws/service/none'] }),
    )
    expect([Parameters?.length, InvalidParameters]).toEqual([9, ['/aws/service/none']])
    const seen = new Map<string | undefined, string | undefined>()
    let NextToken: string | undefined
    do {
      const page = await ssm.send(new GetParametersByPathCommand({ Path: '/aws/service', Recursive: true, NextToken }))
      for (const one of page.Parameters ?? []) seen.set(one.Name, one.Value)
      ;({ NextToken } = page)
    } while (NextToken !== undefined)
    expect(seen).toEqual(known)
  } finally {
    ssm.destroy()
    await sandbox.close()
  }
})

test('public images are shown by owner; deprecated ones to who asks', async () => {
  const all = await images()
  expect(all.every((one) => one.State === 'available' && one.Public === true && one.EnaSupport === true)).toBe(true)
  const canonical = await images({ Owners: ['099720109477'], Filters: [{ Name: 'architecture', Values: ['arm64'] }] })
  expect(canonical.map(({ Name = '' }) => /ubuntu-(\w+)-/.exec(Name)?.[1])).toEqual(['jammy', 'noble'])
  const old = (await images({ IncludeDeprecated: true })).filter(
    (one) => !all.some(({ ImageId }) => ImageId === one.ImageId),
  )
  expect(old.map((one) => [one.EnaSupport, one.BootMode])).toEqual([[undefined, 'legacy-bios']])
  expect(await images({ ImageIds: [old[0]?.ImageId ?? ''] })).toHaveLength(1)
})

test('an image must go with the type: architecture, ENA, boot mode', async () => {
  const [old] = (await images({ IncludeDeprecated: true })).filter((one) => one.BootMode === 'legacy-bios')
  const ImageId = old?.ImageId ?? ''
  expect(await refusal(run(world, { ImageId: X86 }))).toMatchObject({ code: 'InvalidParameterValue' })
  expect(await refusal(run(world, { ImageId, InstanceType: 'c6i.large' }))).toEqual({
    code: 'InvalidParameterCombination',
    message:
      "Enhanced networking with the Elastic Network Adapter (ENA) is required for the 'c6i.large' instance type. Ensure that you are using an AMI that is enabled for ENA.",
    status: 400,
  })
  expect(await run(world, { ImageId: ARM, InstanceType: 'hpc7g.16xlarge' })).toHaveLength(1)
})

test('an image of an instance is pending, then available, and can be launched from then on', async () => {
  const source = await running()
  const id = await bake(source, {
    Description: 'has EFA',
    TagSpecifications: [
      { ResourceType: 'image', Tags: [{ Key: 'muster:image', Value: 'baked' }] },
      { ResourceType: 'snapshot', Tags: [{ Key: 'muster:image', Value: 'baked' }] },
    ],
  })
  const [image] = await images({ Owners: ['self'] })
  expect(image).toMatchObject({
    ImageId: id,
    Name: 'muster-baked',
    Description: 'has EFA',
    State: 'pending',
    Public: false,
    OwnerId: '000000000000',
    Architecture: 'arm64',
    SourceInstanceId: source,
    Tags: [{ Key: 'muster:image', Value: 'baked' }],
  })
  expect((await refusal(run(world, { ImageId: id }))).code).toBe('InvalidAMIID.Unavailable')
  const snapshot = image?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''
  const bySnapshot = new DescribeSnapshotsCommand({ SnapshotIds: [snapshot] })
  const describe = async () => (await world.ec2.send(bySnapshot)).Snapshots?.[0]
  expect(await describe()).toMatchObject({
    State: 'pending',
    Description: `Created by CreateImage(${source}) for ${id}`,
  })
  await clock.forward(2000)
  await waitUntilImageAvailable(
    { client: world.ec2, maxWaitTime: 5, minDelay: 0.05, maxDelay: 0.1 },
    { ImageIds: [id] },
  )
  expect(await describe()).toMatchObject({ State: 'completed', Progress: '100%' })
  const [child = ''] = await run(world, { ImageId: id })
  const { Reservations } = await world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [child] }))
  expect(Reservations?.[0]?.Instances?.[0]?.ImageId).toBe(id)
  await world.ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] }))
  expect(await images({ Filters: [{ Name: 'tag:a', Values: ['b'] }] })).toHaveLength(1)
})

test('it goes with its snapshot, or before it', async () => {
  const id = await bake(await running())
  const [image] = await images({ ImageIds: [id] })
  const SnapshotId = image?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId
  const remove = () => world.ec2.send(new DeleteSnapshotCommand({ SnapshotId }))
  expect((await refusal(remove())).code).toBe('InvalidSnapshot.InUse')
  await world.ec2.send(new DeregisterImageCommand({ ImageId: id }))
  await remove()
  expect((await refusal(images({ ImageIds: [id] }))).code).toBe('InvalidAMIID.NotFound')
  expect((await refusal(remove())).code).toBe('InvalidSnapshot.NotFound')

  const other = await bake(await running())
  const gone = await world.ec2.send(new DeregisterImageCommand({ ImageId: other, DeleteAssociatedSnapshots: true }))
  expect(gone.DeleteSnapshotResults).toMatchObject([{ ReturnCode: 'success' }])
  expect((await world.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))).Snapshots).toEqual([])
})

test('a running instance is rebooted for it unless NoReboot says otherwise', async () => {
  const id = await running()
  await bake(id)
  await clock.forward(100)
  expect(machines.booted).toHaveLength(1)
  await bake(id, { Name: 'another', NoReboot: false })
  await expect.poll(() => machines.booted.length).toBe(2)
  expect(machines.booted[1]?.spec.userData).toBeNull()
})

test('an image of a stopped instance', async () => {
  const id = await running()
  await world.ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))
  const early = new CreateImageCommand({ InstanceId: id, Name: 'early' })
  expect((await refusal(world.ec2.send(early))).code).toBe('IncorrectInstanceState')
  await clock.forward(1000)
  expect(await bake(id)).toMatch(/^ami-/)
})

test('names are one’s own only once, and of certain characters', async () => {
  const id = await running()
  const first = await bake(id)
  expect(await refusal(bake(id))).toMatchObject({
    code: 'InvalidAMIName.Duplicate',
    message: `AMI name muster-baked is already in use by AMI ${first}`,
  })
  for (const Name of ['ab', 'a'.repeat(129), 'no:colon'])
    expect((await refusal(bake(id, { Name }))).code).toBe('InvalidAMIName.Malformed')
  const [theirs] = await images()
  const deregister = new DeregisterImageCommand({ ImageId: theirs?.ImageId })
  expect((await refusal(world.ec2.send(deregister))).code).toBe('AuthFailure')
})
