import { compareText } from '../../kit/compare-text.ts'
import type { SetupDraft } from './draft.ts'
import type { ObservedNetwork, ObservedTable, ObservedVpc } from './observed.ts'
import { freeSubnetRange } from './ranges.ts'

/** A private subnet in every zone, one route table for all of them, and S3 reached without any gateway. The table, once it is there. */
export function planSubnets(plan: SetupDraft, vpc: ObservedVpc, own: ObservedNetwork): ObservedTable | null {
  const taken = own.subnets.map((subnet) => subnet.range)
  for (const zone of own.zones) {
    if (own.subnets.some((subnet) => subnet.zone === zone && subnet.use === 'private')) continue
    planSubnet(plan, vpc, taken, zone, 'private', 'nodes of this zone live there')
  }
  const table = planTable(plan, vpc, own, 'private')
  if (table === null) return null
  const s3 = own.endpoints.find((endpoint) => endpoint.service === 's3')
  if (s3 === undefined) {
    plan.add(
      's3',
      { kind: 'make', part: { what: 's3-endpoint', vpc: vpc.id, table: table.id } },
      'the bucket, at no price',
    )
  } else if (s3.state !== 'available') {
    planEndpointState(plan, s3)
  }
  return table
}

/** The next free range of the VPC; `taken` learns of it. */
export function planSubnet(
  plan: SetupDraft,
  vpc: ObservedVpc,
  taken: string[],
  zone: string,
  use: 'private' | 'public',
  reason: string,
): void {
  const range = freeSubnetRange(vpc.range, taken)
  if (range === null) return plan.fail('NetworkUnfit', `${vpc.id} (${vpc.range}) has no room for another subnet`)
  taken.push(range)
  plan.add(`subnet-${use}-${zone}`, { kind: 'make', part: { what: 'subnet', vpc: vpc.id, zone, range, use } }, reason)
}

/** The route table of private or public subnets with all of them associated; null while it is made. */
export function planTable(
  plan: SetupDraft,
  vpc: ObservedVpc,
  own: ObservedNetwork,
  use: 'private' | 'public',
): ObservedTable | null {
  const [table] = own.tables.filter((one) => one.use === use).toSorted(fullestFirst)
  if (table === undefined) {
    plan.add(
      `table-${use}`,
      { kind: 'make', part: { what: 'table', vpc: vpc.id, use } },
      `routes of the ${use} subnets`,
    )
    return null
  }
  for (const { id, zone } of own.subnets.filter((subnet) => subnet.use === use && !table.subnets.includes(subnet.id))) {
    const part = { what: 'association', table: table.id, subnet: id, zone } as const
    plan.add(`route-${use}-${zone}`, { kind: 'make', part }, `the ${use} subnet has no routes yet`)
  }
  return table
}

const fullestFirst = (a: ObservedTable, b: ObservedTable) =>
  b.subnets.length - a.subnets.length || compareText(a.id, b.id)

export function planEndpointState(
  plan: SetupDraft,
  { id, service, state }: ObservedNetwork['endpoints'][number],
): void {
  if (state !== 'failed') return plan.wait(`the endpoint of ${service}`)
  plan.fail('SetupFailed', `the endpoint ${id} of ${service} failed`)
}
