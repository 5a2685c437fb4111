import { DescribeInstanceTypesCommand, type _InstanceType } from '@aws-sdk/client-ec2'
import { instancesBy } from '../ec2/describe.ts'
import type { Ec2 } from '../ec2/ec2.ts'
import { observedNode } from '../ec2/observe.ts'
import { reservations } from '../ec2/reservations.ts'
import { chunks } from '../pages.ts'
import { quotaCode } from './quota-codes.ts'

/** Instances of a type that count against a quota. */
interface Counted {
  readonly instanceType: string
  readonly count: number
}

/** vCPUs that count against the quota now: of everything of the account that runs, ours or not, and of what is reserved and unused. */
export async function usedVcpus(ec2: Ec2, code: string, purchase: 'on-demand' | 'spot'): Promise<number> {
  const [running, reserved] = await Promise.all([
    instancesBy(ec2, [{ Name: 'instance-state-name', Values: ['pending', 'running'] }]),
    purchase === 'spot' ? [] : reservations(ec2),
  ])
  const counted: Counted[] = [
    ...running
      .map(observedNode)
      .filter((node) => node.purchase === purchase)
      .map(({ instanceType }) => ({ instanceType, count: 1 })),
    ...reserved
      .filter((one) => one.kind === 'reservation' && one.state === 'active')
      .map(({ instanceType, available }) => ({ instanceType, count: available })),
  ].filter((one) => quotaCode(one.instanceType, purchase) === code)
  const vcpus = await vcpusByType(ec2, new Set(counted.map((one) => one.instanceType)))
  return counted.reduce((sum, one) => sum + one.count * (vcpus.get(one.instanceType) ?? 0), 0)
}

/** EC2 counts a type's default vCPUs, however many of them an instance uses. DescribeInstanceTypes takes 100 names. */
async function vcpusByType(ec2: Ec2, types: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const answers = await Promise.all(
    chunks([...types] as _InstanceType[], 100).map((InstanceTypes) =>
      ec2.send(new DescribeInstanceTypesCommand({ InstanceTypes })),
    ),
  )
  const infos = answers.flatMap((one) => one.InstanceTypes ?? [])
  return new Map(infos.map((info) => [info.InstanceType ?? '', info.VCpuInfo?.DefaultVCpus ?? 0]))
}
