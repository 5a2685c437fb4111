import type { SetupDraft } from './draft.ts'
import type { ObservedNetwork, ObservedVpc } from './observed.ts'
import { planEndpointState } from './plan-subnets.ts'

/**
 * What Run Command needs where there is no way out (SSM User Guide, "Improve the security of EC2 instances by using VPC endpoints").
 * Each in one zone only: an endpoint is paid for by zone, and private DNS makes it answer in all of them.
 */
export const SSM_ENDPOINTS = ['ssm', 'ssmmessages', 'ec2messages'] as const

/** Endpoints of SSM: cheaper than a NAT gateway, and nodes reach nothing but AWS. */
export function planEndpoints(plan: SetupDraft, vpc: ObservedVpc, own: ObservedNetwork): void {
  const group = own.groups[0]
  if (group === undefined || !group.open) {
    const part = { what: 'endpoint-group', vpc: vpc.id, range: vpc.range } as const
    plan.add('endpoint-group', { kind: 'make', part }, 'lets nodes in at 443')
  }
  const subnet = own.subnets.find((one) => one.use === 'private' && one.zone === own.zones[0])
  for (const service of SSM_ENDPOINTS) {
    const there = own.endpoints.find((endpoint) => endpoint.service === service)
    if (there !== undefined && there.state !== 'available') planEndpointState(plan, there)
    // Private DNS of an endpoint needs the VPC's host names.
    if (there !== undefined || group === undefined || subnet === undefined || !vpc.dns) continue
    const part = { what: 'endpoint', vpc: vpc.id, service, subnet: subnet.id, group: group.id } as const
    plan.add(`endpoint-${service}`, { kind: 'make', part }, 'Run Command reaches nodes')
  }
}
