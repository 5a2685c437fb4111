import {
  CreateImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox } from '../harness.ts'
import { realKinds } from './fleet.ts'

const IMAGE = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'

describe.each(realKinds)('an image of a %s node', (kind) => {
  let sandbox: TestSandbox
  let ec2: EC2Client
  beforeAll(async () => {
    sandbox = await startTestSandbox({
      services: [createEc2],
      machines: (at, home) => createMachines({ kind, home, ...at }),
    })
    ec2 = new EC2Client({ ...sandbox.client, maxAttempts: 1 })
  })
  afterAll(async () => {
    ec2.destroy()
    await sandbox.close()
  })

  async function launch(ImageId: string): Promise<string> {
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({ MinCount: 1, MaxCount: 1, InstanceType: 'c7g.large', ImageId }),
    )
    return Instances[0]?.InstanceId ?? ''
  }

  /** Tries until the node's agent is there, and is that of the boot that is meant. */
  async function sh(id: string, text: string): Promise<string> {
    let output = ''
    await expect
      .poll(
        async () => {
          const machine = sandbox.world.directories.instances?.machine('us-east-1', id)
          const script = { id: `sh-${Math.random()}`, text, workingDirectory: null, env: {}, timeoutMs: 10_000 }
          const result = await machine?.run(script).catch(() => undefined)
          output = result?.stdout.trim() ?? ''
          return result?.exitCode
        },
        { timeout: 20_000 },
      )
      .toBe(0)
    return output
  }

  async function stateOf(id: string) {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
    return Reservations?.[0]?.Instances?.[0]?.State?.Name
  }

  it('has the files of its source, also after a reboot, a stop and a start', async () => {
    const source = await launch(IMAGE)
    await sh(source, 'echo baked >"$HOME/baked"')
    await expect.poll(() => stateOf(source)).toBe('running')
    const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId: source, Name: 'baked' }))
    await expect
      .poll(async () => (await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }))).Images?.[0]?.State, {
        timeout: 20_000,
      })
      .toBe('available')
    // The source was rebooted for it, and has kept its disk.
    expect(await sh(source, 'cat "$HOME/baked"')).toBe('baked')

    const child = await launch(ImageId)
    expect(await sh(child, 'cat "$HOME/baked" && echo more >"$HOME/more"')).toBe('baked')
    await expect.poll(() => stateOf(child)).toBe('running')
    await ec2.send(new StopInstancesCommand({ InstanceIds: [child] }))
    await expect.poll(() => stateOf(child), { timeout: 20_000 }).toBe('stopped')
    await ec2.send(new StartInstancesCommand({ InstanceIds: [child] }))
    expect(await sh(child, 'cat "$HOME/baked" "$HOME/more"')).toBe('baked\nmore')
    expect(await sh(source, 'ls "$HOME/more" 2>/dev/null || echo none')).toBe('none')
  })
})
