import { parseCidr, contains, numeric } from '../state/cidr.ts'
import type { Peer, Rule, SecurityGroup } from '../state/security-group.ts'

/** The other end of a connection, as rules name it: an address and the groups of its interface. */
export interface Party {
  readonly address: string
  readonly groupIds: readonly string[]
}

/** The whole internet, as far as rules are concerned. */
export const WORLD: Party = { address: '0.0.0.0', groupIds: [] }

const HTTPS = 443

/** Whether one of the groups lets HTTPS out to, or in from, the other end. */
export function letsHttps(
  groups: readonly (SecurityGroup | undefined)[],
  direction: 'in' | 'out',
  other: Party,
): boolean {
  return groups.some((group) =>
    [...(group?.rules.values() ?? [])].some(
      (rule) => rule.egress === (direction === 'out') && isHttps(rule) && names(rule.peer, other),
    ),
  )
}

const isHttps = ({ protocol, fromPort, toPort }: Rule): boolean =>
  protocol === '-1' || (protocol === 'tcp' && (fromPort ?? 0) <= HTTPS && HTTPS <= (toPort ?? 65_535))

function names(peer: Peer, other: Party): boolean {
  if (peer.kind === 'group') return other.groupIds.includes(peer.groupId)
  if (peer.kind !== 'ipv4') return false
  const range = parseCidr(peer.cidr)
  // The world is more than one address: only a rule for all of it lets it pass for sure.
  if (range === undefined || other === WORLD) return range?.length === 0
  return contains(range, { base: numeric(other.address), length: 32 })
}
