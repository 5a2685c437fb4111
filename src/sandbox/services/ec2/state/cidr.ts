/** An IPv4 range: its first address as a number and the length of its prefix. */
export interface Cidr {
  readonly base: number
  readonly length: number
}

/** Reads `10.0.0.0/16`, in any spelling of its host bits: EC2 drops them. Undefined where it is no CIDR block. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)
  if (match === null) return undefined
  const [, ...numbers] = match
  const length = Number(numbers.at(-1))
  if (length > 32 || numbers.slice(0, 4).some((part) => Number(part) > 255)) return undefined
  const size = 2 ** (32 - length)
  return { base: Math.floor(numeric(numbers.slice(0, 4).join('.')) / size) * size, length }
}

export const cidrText = ({ base, length }: Cidr): string => `${dotted(base)}/${length}`

export const sizeOf = ({ length }: Cidr): number => 2 ** (32 - length)

/** Whether all of `inner` lies in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  inner.length >= outer.length && inner.base >= outer.base && inner.base < outer.base + sizeOf(outer)

export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a)

export const dotted = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')

export const numeric = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
