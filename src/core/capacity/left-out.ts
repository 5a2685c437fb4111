import { exhaustive } from '../../kit/exhaustive.ts'
import type { Placement } from '../fleet/placement.ts'
import type { Purchase } from './rung.ts'

/** A combination that cannot be a rung, and why. Zone and reservation are null where it is so for all of them. */
export interface LeftOut {
  readonly purchase: Purchase
  readonly instanceType: string
  readonly zone: string | null
  readonly reservation: string | null
  readonly why: LeftOutReason
}

export type LeftOutReason =
  | { readonly kind: 'not-sold-so' }
  | { readonly kind: 'zone-not-offered'; readonly offered: readonly string[] }
  | { readonly kind: 'zone-not-allowed' }
  | { readonly kind: 'no-reservation' }
  | { readonly kind: 'reservation-unknown' }
  | { readonly kind: 'reservation-of-other-kind' }
  | { readonly kind: 'reservation-of-other-type'; readonly instanceType: string }
  | { readonly kind: 'reservation-targeted' }
  | { readonly kind: 'reservation-inactive'; readonly state: string; readonly startsAt: number | null }
  | { readonly kind: 'reservation-ending'; readonly endsAt: number }
  | { readonly kind: 'reservation-small'; readonly available: number; readonly nodes: number }
  | { readonly kind: 'no-reserved-placement'; readonly placement: Placement }

/** True for what waiting may change: a reservation that begins later, or whose instances end. */
export function mayPass({ why }: LeftOut): boolean {
  return why.kind === 'reservation-inactive' || why.kind === 'reservation-small'
}

/** `spot hpc7g.16xlarge: it is not sold so`. */
export function describeLeftOut(one: LeftOut): string {
  const where = one.zone === null ? '' : ` in ${one.zone}`
  const from = one.reservation === null ? '' : ` from ${one.reservation}`
  return `${one.purchase} ${one.instanceType}${where}${from}: ${sayWhy(one.why)}`
}

export function sayWhy(why: LeftOutReason): string {
  switch (why.kind) {
    case 'not-sold-so':
      return 'the type is not sold so'
    case 'zone-not-offered':
      return sayOffered(why.offered)
    case 'zone-not-allowed':
      return 'it is in a zone that the fleet does not allow'
    case 'no-reservation':
      return 'the account has none of that type'
    case 'reservation-unknown':
      return 'the account has no such reservation'
    case 'reservation-of-other-kind':
      return 'it is not of that kind'
    case 'reservation-of-other-type':
      return `it is of ${why.instanceType}`
    case 'reservation-targeted':
      return 'it takes only who names it: write its id as reservation'
    case 'reservation-inactive':
      return `it is ${why.state}${why.startsAt === null ? '' : `, and begins at ${when(why.startsAt)}`}`
    case 'reservation-ending':
      return `it ends at ${when(why.endsAt)}`
    case 'reservation-small':
      return `it has room for ${why.available}, not for ${why.nodes}`
    case 'no-reserved-placement':
      return `reserved capacity cannot be placed as ${why.placement}`
    default:
      return exhaustive(why)
  }
}

function sayOffered(zones: readonly string[]): string {
  if (zones.length === 0) return 'no zone offers the type where the network has a subnet'
  return `the zone does not offer the type, or the network has no subnet there; it is to be had in ${zones.join(', ')}`
}

function when(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}
