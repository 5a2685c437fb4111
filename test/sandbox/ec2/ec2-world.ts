import { EC2Client } from '@aws-sdk/client-ec2'
import type { EC2ServiceException, RunInstancesCommandInput } from '@aws-sdk/client-ec2'
import { RunInstancesCommand } from '@aws-sdk/client-ec2'
import { createEc2 } from '../../../src/sandbox/services/ec2/service.ts'
import type { RegionSettings } from '../../../src/sandbox/services/ec2/state/region.ts'
import { createIam } from '../../../src/sandbox/services/iam/service.ts'
import { createServiceQuotas } from '../../../src/sandbox/services/service-quotas/service.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandbox, TestSandboxOptions } from '../harness.ts'

export const ARM = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'
export const X86 = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'

export interface Ec2World {
  readonly sandbox: TestSandbox
  readonly ec2: EC2Client
  /** What SSM was told, in order. */
  readonly agents: readonly string[]
  close(): Promise<void>
}

export interface Ec2Options extends Omit<TestSandboxOptions, 'services'> {
  /** As AWS makes it, where nothing is said. */
  readonly defaultVpc?: RegionSettings['defaultVpc']
}

/** A sandbox with EC2 and what it asks, the SDK's client for it, and an ear where SSM would be. */
export async function startEc2({ defaultVpc, ...options }: Ec2Options = {}): Promise<Ec2World> {
  const sandbox = await startTestSandbox({
    ...options,
    services: [
      createIam,
      (world) => createServiceQuotas(world, {}),
      (world) => createEc2(world, { defaultVpc: defaultVpc ?? 'bare' }),
    ],
  })
  const agents: string[] = []
  sandbox.world.directories.agents = {
    online: (_region, id) => agents.push(`online ${id}`),
    lost: (_region, id) => agents.push(`lost ${id}`),
    gone: (_region, id) => agents.push(`gone ${id}`),
  }
  const ec2 = new EC2Client({ ...sandbox.client, maxAttempts: 1 })
  return {
    sandbox,
    ec2,
    agents,
    close: async () => {
      ec2.destroy()
      await sandbox.close()
    },
  }
}

/** Starts instances of a small type; returns their ids. */
export async function run({ ec2 }: Ec2World, input: Partial<RunInstancesCommandInput> = {}): Promise<string[]> {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({ MinCount: 1, MaxCount: 1, InstanceType: 'c7g.large', ImageId: ARM, ...input }),
  )
  return Instances.map(({ InstanceId = '' }) => InstanceId)
}

/** What a call was refused with. A call that goes through fails the test. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; status: number | undefined }> {
  try {
    await call
  } catch (error) {
    const { name, message, $metadata } = error as EC2ServiceException
    return { code: name, message, status: $metadata?.httpStatusCode }
  }
  throw new Error('the call was not refused')
}
