import { FSxClient } from '@aws-sdk/client-fsx'
import { onTestFinished } from 'vitest'
import { S3Client } from '@aws-sdk/client-s3'
import { createFsx } from '../../../src/sandbox/services/fsx/service.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import type { NetworkDirectory, World } from '../../../src/sandbox/world.ts'
import { startTestSandbox } from '../harness.ts'
import type { TestSandboxOptions } from '../harness.ts'

export const SUBNET = 'subnet-0123456789abcdef0'
export const GROUP = 'sg-0123456789abcdef0'
export const CLOSED_GROUP = 'sg-0123456789abcdef1'
export const FOREIGN_GROUP = 'sg-0123456789abcdef2'
/** Open for Lustre's ports and nothing else. */
export const PORTS_GROUP = 'sg-0123456789abcdef3'

/** FSx over HTTP, until the test ends, beside a network with one subnet and three security groups; `interfaces` are those that exist. */
export async function startFsx(options: Omit<TestSandboxOptions, 'services'> = {}) {
  const interfaces = new Set<string>()
  const sandbox = await startTestSandbox({
    ...options,
    services: [createS3, (world: World) => createFsx(withNetwork(world, interfaces))],
  })
  const client = new FSxClient({ ...sandbox.client, maxAttempts: 1 })
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    client.destroy()
    s3.destroy()
    await (closing ??= sandbox.close())
  }
  onTestFinished(close)
  return { ...sandbox, interfaces, fsx: client, s3, close }
}

function withNetwork(world: World, interfaces: Set<string>): World {
  const groups = new Map([
    [GROUP, { vpcId: 'vpc-0', lustre: true, portsOnly: false }],
    [PORTS_GROUP, { vpcId: 'vpc-0', lustre: true, portsOnly: true }],
    [CLOSED_GROUP, { vpcId: 'vpc-0', lustre: false, portsOnly: false }],
    [FOREIGN_GROUP, { vpcId: 'vpc-1', lustre: true, portsOnly: false }],
  ])
  const networks: NetworkDirectory = {
    subnet: (_region, id) => (id === SUBNET ? { vpcId: 'vpc-0', zone: 'us-east-1a' } : undefined),
    securityGroup: (_region, id) => {
      const group = groups.get(id)
      return (
        group && {
          vpcId: group.vpcId,
          allowsLustre: () => group.lustre,
          allowsAllOfItself: () => group.lustre && !group.portsOnly,
        }
      )
    },
    addInterface: () => {
      const id = `eni-${String(interfaces.size).padStart(17, '0')}`
      interfaces.add(id)
      return { id, privateIp: '172.31.0.4', remove: () => void interfaces.delete(id) }
    },
  }
  world.directories.networks = networks
  return world
}

/** Asks again until the answer is there, or fails after ten seconds with what it saw last. */
export async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** What an SDK call was refused with; undefined where it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<(Error & Record<string, unknown>) | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => error as Error & Record<string, unknown>,
  )
}
