import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { manualClock } from '../ec2/manual-clock.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'
import { realKinds } from './fleet.ts'

const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'

/** What a node asks every few seconds: HTTP status and body of a path of its metadata. */
const ask = (path: string): string => `at="\${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}"
at="\${at%/}/latest"
token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$at/api/token")
curl -s -o body -w '%{http_code} ' -H "X-aws-ec2-metadata-token: $token" "$at/meta-data/${path}"
cat body`

describe.each([...realKinds, 'simulated' as const])('a Spot interruption of a %s node', (kind) => {
  const clock = manualClock()
  let sandbox: TestSandbox
  let ec2: EC2Client
  beforeAll(async () => {
    sandbox = await startTestSandbox({
      services: [createEc2],
      clock,
      machines: (at, home) => createMachines({ kind, home, ...at }),
    })
    ec2 = new EC2Client({ ...sandbox.client, maxAttempts: 1 })
  })
  afterAll(async () => {
    ec2.destroy()
    await sandbox.close()
  })

  async function read(id: string, path: string): Promise<string> {
    const machine = sandbox.world.directories.instances?.machine('us-east-1', id)
    const script = { id: `ask-${Math.random()}`, text: `cd /tmp\n${ask(path)}`, env: {}, timeoutMs: 10_000 }
    const result = await machine?.run({ ...script, workingDirectory: null }).catch(() => undefined)
    return result?.stdout.trim() ?? ''
  }

  async function look(id: string) {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
    return Reservations?.[0]?.Instances?.[0]
  }

  it('is seen by the node, and carried out', { timeout: 40_000 }, async () => {
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({
        MinCount: 1,
        MaxCount: 1,
        InstanceType: 'c7g.large',
        ImageId: IMAGE,
        InstanceMarketOptions: { MarketType: 'spot' },
      }),
    )
    const id = Instances[0]?.InstanceId ?? ''
    await clock.forward(1000)
    expect((await look(id))?.State?.Name).toBe('running')
    const poll = (path: string) => expect.poll(() => read(id, path), { timeout: 20_000 })
    if (kind !== 'simulated') {
      await poll('instance-life-cycle').toBe('200 spot')
      await poll('spot/instance-action').toMatch(/^404/)
    }
    sandbox.world.faults.add({ kind: 'spot-interruption', instanceId: id })
    await clock.forward(1000)
    if (kind !== 'simulated') {
      await poll('spot/instance-action').toMatch(/^200 \{"action":"terminate","time":"\d{4}-\d\d-\d\dT[\d:]+Z"\}$/)
      await poll('events/recommendations/rebalance').toMatch(/^200 \{"noticeTime":/)
    }
    await clock.forward(118_000)
    expect((await look(id))?.State?.Name).toBe('running')
    await clock.forward(2000)
    const ended = { State: { Name: 'terminated' }, StateReason: { Code: 'Server.SpotInstanceTermination' } }
    // The machine itself ends in its own time.
    await expect
      .poll(
        async () => {
          await clock.forward(1000)
          return look(id)
        },
        { timeout: 20_000 },
      )
      .toMatchObject(ended)
  })
})
