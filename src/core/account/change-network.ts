import { exhaustive } from '../../kit/exhaustive.ts'
import type { NetworkPart, NetworkRemoval } from './action.ts'
import type { ObservedNetwork } from './observed.ts'

/** What a network would be after a part is made; ids are made up from what it is. */
export function made(seen: ObservedNetwork, part: NetworkPart): ObservedNetwork {
  switch (part.what) {
    case 'vpc': {
      const vpc = { id: `vpc-${part.range}`, range: part.range, dns: false }
      return { ...seen, vpcs: [...seen.vpcs, vpc], ranges: [...seen.ranges, part.range] }
    }
    case 'dns':
      return { ...seen, vpcs: seen.vpcs.map((one) => (one.id === part.vpc ? { ...one, dns: true } : one)) }
    case 'subnet':
      return { ...seen, subnets: [...seen.subnets, { ...part, id: `subnet-${part.range}` }] }
    case 'gateway':
      return { ...seen, gateways: [...seen.gateways, { id: `igw-${part.vpc}`, vpc: part.vpc }] }
    case 'address':
      return { ...seen, addresses: [...seen.addresses, { id: `eipalloc-${seen.addresses.length}`, inUse: false }] }
    case 'nat':
      return {
        ...seen,
        nats: [...seen.nats, { id: `nat-${part.subnet}`, vpc: part.vpc, state: 'pending', failure: null }],
        addresses: seen.addresses.map((one) => (one.id === part.address ? { ...one, inUse: true } : one)),
      }
    case 'table': {
      const table = { id: `rtb-${part.vpc}-${part.use}`, subnets: [], everywhere: null, broken: false }
      return { ...seen, tables: [...seen.tables, { ...table, vpc: part.vpc, use: part.use }] }
    }
    case 'association':
      return withTable(seen, part.table, (table) => ({ ...table, subnets: [...table.subnets, part.subnet] }))
    case 'route':
      return withTable(seen, part.table, (table) => ({ ...table, everywhere: part.to, broken: false }))
    case 's3-endpoint':
      return withEndpoint(seen, part.vpc, 's3')
    case 'endpoint-group':
      return { ...seen, groups: [{ id: `sg-${part.vpc}`, vpc: part.vpc, open: true }] }
    case 'endpoint':
      return withEndpoint(seen, part.vpc, part.service)
    default:
      return exhaustive(part)
  }
}

function withTable(
  seen: ObservedNetwork,
  id: string,
  change: (table: ObservedNetwork['tables'][number]) => ObservedNetwork['tables'][number],
): ObservedNetwork {
  return { ...seen, tables: seen.tables.map((table) => (table.id === id ? change(table) : table)) }
}

function withEndpoint(seen: ObservedNetwork, vpc: string, service: string): ObservedNetwork {
  return { ...seen, endpoints: [...seen.endpoints, { id: `vpce-${vpc}-${service}`, vpc, service, state: 'pending' }] }
}

/** After a removal: what takes its time is being deleted. */
export function removed(seen: ObservedNetwork, { what, id }: NetworkRemoval): ObservedNetwork {
  const not = (one: { readonly id: string }) => one.id !== id
  switch (what) {
    case 'vpc':
      return {
        ...seen,
        vpcs: seen.vpcs.filter(not),
        ranges: seen.ranges.filter((range) => !seen.vpcs.some((vpc) => vpc.id === id && vpc.range === range)),
      }
    case 'subnet':
      return { ...seen, subnets: seen.subnets.filter(not) }
    case 'gateway':
      return { ...seen, gateways: seen.gateways.filter(not) }
    case 'address':
      return { ...seen, addresses: seen.addresses.filter(not) }
    case 'nat':
      return { ...seen, nats: seen.nats.map((one) => (one.id === id ? { ...one, state: 'deleting' } : one)) }
    case 'table':
      return { ...seen, tables: seen.tables.filter(not) }
    case 'route':
      return withTable(seen, id, (table) => ({ ...table, everywhere: null, broken: false }))
    case 'endpoint':
      return { ...seen, endpoints: seen.endpoints.map((one) => (one.id === id ? { ...one, state: 'deleting' } : one)) }
    case 'endpoint-group':
      return { ...seen, groups: seen.groups.filter(not) }
    default:
      return exhaustive(what)
  }
}

/** What only time brings. */
export function later(seen: ObservedNetwork): ObservedNetwork {
  const nats = aged(seen.nats)
  const addresses = nats.length > 0 ? seen.addresses : seen.addresses.map((one) => ({ ...one, inUse: false }))
  return { ...seen, nats, addresses, endpoints: aged(seen.endpoints) }
}

function aged<P extends { readonly state: string }>(
  parts: readonly P[],
): (P | (P & { readonly state: 'available' }))[] {
  return parts
    .filter((part) => part.state !== 'deleting')
    .map((part) => (part.state === 'pending' ? { ...part, state: 'available' as const } : part))
}
