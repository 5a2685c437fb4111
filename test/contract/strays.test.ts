import { DescribeVolumesCommand, EC2Client, RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { afterEach, expect, it } from 'vitest'
import { connectAws } from '../../src/aws/connect.ts'
import { sleep } from '../../src/kit/sleep.ts'
import { createEc2 } from '../../src/sandbox/services/ec2/service.ts'
import { createIam } from '../../src/sandbox/services/iam/service.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox/harness.ts'

let cloud: TestSandbox | null = null
afterEach(() => cloud?.close())

it('volumes that outlive their instance are strays of their fleet, and go; the regions are there', async () => {
  cloud = await startTestSandbox({ services: [createEc2, createIam] })
  const { region, endpoint, credentials, client } = cloud
  const { compute } = connectAws({ region, endpoint, credentials, clock: { now: Date.now, sleep }, ids: Math })
  const ec2 = new EC2Client(client)
  const made = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false } }],
      TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'muster:fleet', Value: 'old' }] }],
    }),
  )
  const id = made.Instances?.[0]?.InstanceId ?? ''
  expect(await compute.strays()).toEqual([])
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
  const deadline = Date.now() + 10_000
  let strays = await compute.strays()
  while (strays.length === 0 && Date.now() < deadline) {
    await sleep(20)
    strays = await compute.strays()
  }
  expect(strays).toMatchObject([{ kind: 'volume', fleet: 'old', createdAt: expect.any(Number) }])
  for (const stray of strays) await compute.removeStray(stray)
  for (const stray of strays) await compute.removeStray(stray)
  expect(await compute.strays()).toEqual([])
  expect((await ec2.send(new DescribeVolumesCommand({}))).Volumes).toEqual([])
  expect(await compute.regions()).toContain('us-east-1')
})
