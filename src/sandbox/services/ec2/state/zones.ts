import { offeringsOf } from './instance-types.ts'

/** Availability zones of a region: those in which the recorded account was offered anything. */
export interface Zone {
  readonly name: string
  readonly id: string
}

/** In order of their names. Empty for a region of which nothing was recorded. */
export function zonesOf(region: string): readonly Zone[] {
  const names = new Set([...offeringsOf(region).values()].flat())
  return [...names].toSorted().map((name) => ({ name, id: zoneId(region, name) }))
}

/**
 * The zone's id, the same for every account (`use1-az6`). Which letter stands for which id differs by account; the pairs
 * below are those that make the recorded offerings of the HPC types agree with the ids where AWS is known to have them.
 */
function zoneId(region: string, name: string): string {
  const letter = name.slice(region.length)
  const number = KNOWN_NUMBERS[region]?.[letter] ?? letter.charCodeAt(0) - 'a'.charCodeAt(0) + 1
  return `${shortRegion(region)}-az${number}`
}

/** `us-east-1` is `use1`, `ap-northeast-1` is `apne1`. */
function shortRegion(region: string): string {
  const [area = '', side = '', number = ''] = region.split('-')
  const short = side.length > 5 && side !== 'central' ? `${side.slice(0, 1)}${side.slice(5, 6)}` : side.slice(0, 1)
  return `${area}${short}${number}`
}

const KNOWN_NUMBERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'us-east-1': { a: 2, b: 4, c: 6, d: 1, e: 3, f: 5 },
  'ap-northeast-1': { a: 4, c: 1, d: 2 },
  'ap-southeast-2': { a: 3, b: 1, c: 2 },
  'eu-west-1': { a: 2, b: 1, c: 3 },
}
