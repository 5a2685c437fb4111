import type { InstanceSummary } from '../../world.ts'
import { seconds } from './input.ts'
import type { Agent } from './state/agents.ts'

/** A managed node as DescribeInstanceInformation shows it, beside the tags that its filters ask for. */
export interface Node {
  readonly information: { readonly InstanceId: string; readonly PingStatus: string } & Readonly<Record<string, unknown>>
  readonly tags: ReadonlyMap<string, string>
}

/** The platform is that of the image that was asked for (Amazon Linux 2023), though a node's root is this machine's own. */
export function describeNode({ agent, instance }: { readonly agent: Agent; readonly instance: InstanceSummary }): Node {
  return {
    tags: instance.tags,
    information: {
      InstanceId: agent.instanceId,
      PingStatus: agent.pingStatus,
      LastPingDateTime: seconds(agent.lastPingAt()),
      AgentVersion: '3.3.2299.0',
      IsLatestVersion: true,
      PlatformType: 'Linux',
      PlatformName: 'Amazon Linux',
      PlatformVersion: '2023',
      ResourceType: 'EC2Instance',
      RegistrationDate: seconds(agent.registeredAt),
      IPAddress: instance.privateIp,
      ComputerName: instance.hostname,
      SourceId: agent.instanceId,
      SourceType: 'AWS::EC2::Instance',
    },
  }
}
