/** Private ranges for a VPC of our own: it has to overlap none that is there, so that they can be peered. */

/** The second byte of 10.x.0.0/16, from where few networks are numbered; all of them in turn. */
const FIRST = 64
const COUNT = 256

/** The first /16 of 10.0.0.0/8 that overlaps none of `taken`; null where all do. */
export function freeVpcRange(taken: readonly string[]): string | null {
  const candidates = Array.from({ length: COUNT }, (_, at) => `10.${(FIRST + at) % COUNT}.0.0/16`)
  return candidates.find((range) => !taken.some((other) => overlap(range, other))) ?? null
}

/**
 * The first /20 of a /16 that overlaps none of `taken`: 4,091 addresses for nodes, and room for sixteen (AWS keeps five of every
 * subnet: VPC User Guide, "Subnet sizing"). Null where it is full.
 */
export function freeSubnetRange(vpcRange: string, taken: readonly string[]): string | null {
  const [first = '10', second = '64'] = vpcRange.split('.')
  const candidates = Array.from({ length: 16 }, (_, at) => `${first}.${second}.${at * 16}.0/20`)
  return candidates.find((range) => !taken.some((other) => overlap(range, other))) ?? null
}

/** Whether two IPv4 CIDR ranges share an address. What is no range shares none. */
export function overlap(a: string, b: string): boolean {
  const [left, right] = [bounds(a), bounds(b)]
  return left !== null && right !== null && left.first <= right.last && right.first <= left.last
}

function bounds(range: string): { readonly first: number; readonly last: number } | null {
  const [address = '', length = '32'] = range.split('/')
  const bytes = address.split('.').map(Number)
  const bits = Number(length)
  if (bytes.length !== 4 || ![...bytes, bits].every(Number.isInteger) || bits < 0 || bits > 32) return null
  const size = 2 ** (32 - bits)
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const first = Math.floor(value / size) * size
  return { first, last: first + size - 1 }
}
