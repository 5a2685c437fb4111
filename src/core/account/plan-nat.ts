import { compareText } from '../../kit/compare-text.ts'
import type { SetupDraft } from './draft.ts'
import type { ObservedNat, ObservedNetwork, ObservedTable, ObservedVpc } from './observed.ts'
import { planSubnet, planTable } from './plan-subnets.ts'

/** A NAT gateway in a public subnet of the first zone: nodes reach package servers and AWS, and nothing reaches them. */
export function planNat(plan: SetupDraft, vpc: ObservedVpc, own: ObservedNetwork, table: ObservedTable | null): void {
  const gateway = own.gateways.find((one) => one.vpc === vpc.id)
  if (gateway === undefined) {
    plan.add('gateway', { kind: 'make', part: { what: 'gateway', vpc: vpc.id } }, 'the way out of the NAT gateway')
  }
  const subnet = own.subnets.find((one) => one.use === 'public')
  if (subnet === undefined) planPublicSubnet(plan, vpc, own)
  const outer = planTable(plan, vpc, own, 'public')
  if (outer !== null && gateway !== undefined && outer.everywhere !== gateway.id) {
    plan.add(
      'route-out',
      { kind: 'make', part: { what: 'route', table: outer.id, to: gateway.id } },
      'packets of the NAT',
    )
  }
  const address = own.addresses.toSorted((a, b) => Number(b.inUse) - Number(a.inUse) || compareText(a.id, b.id))[0]
  if (address === undefined) plan.add('address', { kind: 'make', part: { what: 'address' } }, 'the NAT gateway has one')
  const nat = own.nats.find((one) => one.state !== 'deleting')
  if (nat?.state === 'available') {
    // AllocateAddress takes no idempotency token, and an idle address costs.
    for (const { id } of own.addresses.filter((one) => one !== address && !one.inUse)) {
      plan.add(`spare-${id}`, { kind: 'remove', part: { what: 'address', id, about: '' } }, 'a crash left it')
    }
  }
  if (nat !== undefined) return planRouteToNat(plan, nat, table)
  if (own.nats.length > 0) return plan.wait('the old NAT gateway to go')
  if (subnet === undefined || address === undefined || gateway === undefined) return
  const part = { what: 'nat', vpc: vpc.id, subnet: subnet.id, address: address.id } as const
  plan.add('nat', { kind: 'make', part }, 'nodes fetch packages and talk to AWS')
}

function planPublicSubnet(plan: SetupDraft, vpc: ObservedVpc, own: ObservedNetwork): void {
  const [zone] = own.zones
  // The private ones of the same round get theirs first.
  const privates = own.zones.filter((one) =>
    own.subnets.some((subnet) => subnet.zone === one && subnet.use === 'private'),
  )
  if (zone === undefined || privates.length < own.zones.length) return
  planSubnet(
    plan,
    vpc,
    own.subnets.map((one) => one.range),
    zone,
    'public',
    'the NAT gateway lives there',
  )
}

function planRouteToNat(plan: SetupDraft, nat: ObservedNat, table: ObservedTable | null): void {
  if (nat.state === 'failed') {
    plan.fail('SetupFailed', `the NAT gateway ${nat.id} failed: ${nat.failure ?? 'AWS gives no reason'}`)
  } else if (nat.state === 'pending') {
    plan.wait('the NAT gateway')
  } else if (table !== null && (table.everywhere !== nat.id || table.broken)) {
    plan.add(
      'route-nat',
      { kind: 'make', part: { what: 'route', table: table.id, to: nat.id } },
      'the way out of nodes',
    )
  }
}
