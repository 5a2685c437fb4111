import { compareText } from '../../kit/compare-text.ts'
import type { NetworkRemoval } from './action.ts'
import type { SetupDraft } from './draft.ts'
import type { ObservedNetwork, ObservedVpc } from './observed.ts'
import { SSM_ENDPOINTS } from './plan-endpoints.ts'

/** The VPC that counts (the fullest, where a crash has left two), and everything that is in it or in none. */
export function ownParts(seen: ObservedNetwork): { readonly vpc: ObservedVpc | null; readonly own: ObservedNetwork } {
  const parts = (vpc: string) => [...seen.subnets, ...seen.tables].filter((part) => part.vpc === vpc).length
  const [vpc] = seen.vpcs.toSorted((a, b) => parts(b.id) - parts(a.id) || compareText(a.id, b.id))
  return { vpc: vpc ?? null, own: vpc === undefined ? seen : within(seen, vpc.id) }
}

function within(seen: ObservedNetwork, vpc: string): ObservedNetwork {
  const inside = <P extends { readonly vpc: string | null }>(parts: readonly P[]) =>
    parts.filter((part) => part.vpc === vpc || part.vpc === null)
  return {
    ...seen,
    vpcs: seen.vpcs.filter((one) => one.id === vpc),
    subnets: inside(seen.subnets),
    gateways: inside(seen.gateways),
    nats: inside(seen.nats),
    tables: inside(seen.tables),
    groups: inside(seen.groups),
    endpoints: inside(seen.endpoints),
  }
}

/** What a crash left twice: the other VPCs with all that is in them. */
export function planStrays(plan: SetupDraft, seen: ObservedNetwork): void {
  const { vpc } = ownParts(seen)
  for (const stray of seen.vpcs)
    if (stray !== vpc) planTakeAway(plan, { ...within(seen, stray.id), addresses: [] }, 'all')
}

/**
 * Takes away one way out, or everything, in the order in which AWS lets go: what has interfaces first (NAT gateway, endpoints), then
 * address and gateway, then subnets, tables (a deleted subnet's association goes with it) and the VPC. What follows waits until it is gone.
 */
export function planTakeAway(plan: SetupDraft, own: ObservedNetwork, which: 'nat' | 'endpoints' | 'all'): void {
  const remove = (part: NetworkRemoval) =>
    plan.add(`remove-${part.what}-${part.id}`, { kind: 'remove', part }, REASON[which])
  const nat = which !== 'endpoints'
  const busy = [
    ...(nat ? takeNat(plan, own, remove) : []),
    ...(which === 'nat' ? [] : takeEndpoints(plan, own, which, remove)),
  ]
  if (nat && busy.length === 0) {
    for (const { id } of own.addresses) remove({ what: 'address', id, about: '' })
    if (own.addresses.length === 0)
      for (const { id, vpc } of own.gateways) remove({ what: 'gateway', id, vpc, about: '' })
  }
  if (busy.length > 0 || (nat && own.addresses.length + own.gateways.length > 0)) return
  takeSubnets(own, which, remove)
}

function takeSubnets(own: ObservedNetwork, which: keyof typeof REASON, remove: (part: NetworkRemoval) => void): void {
  const gone = (use: 'private' | 'public') => which === 'all' || (which === 'nat' && use === 'public')
  const subnets = own.subnets.filter((subnet) => gone(subnet.use))
  for (const { id, zone } of subnets) remove({ what: 'subnet', id, about: zone })
  if (subnets.length > 0) return
  const tables = own.tables.filter((table) => gone(table.use))
  for (const { id, use } of tables) remove({ what: 'table', id, about: use })
  if (which === 'all' && tables.length === 0)
    for (const { id, range } of own.vpcs) remove({ what: 'vpc', id, about: range })
}

const REASON = {
  nat: 'endpoints have taken its place',
  endpoints: 'a NAT gateway has taken its place',
  all: 'what setup made is taken away',
} as const

/** What is still there of it, in words. */
function takeNat(plan: SetupDraft, own: ObservedNetwork, remove: (part: NetworkRemoval) => void): string[] {
  for (const { id, everywhere, use } of own.tables) {
    if (use === 'private' && everywhere !== null) remove({ what: 'route', id, about: everywhere })
  }
  for (const { id, state } of own.nats) if (state !== 'deleting') remove({ what: 'nat', id, about: '' })
  if (own.nats.length > 0) plan.wait('the NAT gateway to go')
  return own.nats.map((nat) => nat.id)
}

function takeEndpoints(
  plan: SetupDraft,
  own: ObservedNetwork,
  which: 'endpoints' | 'all',
  remove: (part: NetworkRemoval) => void,
): string[] {
  const ofSsm: readonly string[] = SSM_ENDPOINTS
  const going = own.endpoints.filter((endpoint) => which === 'all' || ofSsm.includes(endpoint.service))
  for (const { id, service, state } of going) if (state !== 'deleting') remove({ what: 'endpoint', id, about: service })
  if (going.length > 0) plan.wait('the endpoints to go')
  else for (const { id } of own.groups) remove({ what: 'endpoint-group', id, about: '' })
  return [...going, ...own.groups].map((one) => one.id)
}
