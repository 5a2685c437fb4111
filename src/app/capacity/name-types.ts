import { compareText } from '../../kit/compare-text.ts'

/** How many names a person reads. */
const SHOWN = 8

/** `these can: c7gn.16xlarge, c8gn.16xlarge and 3 more`. */
export function namedFew(types: readonly string[]): string {
  const more = types.length > SHOWN ? ` and ${types.length - SHOWN} more` : ''
  return types.length === 0 ? 'no such type here can' : `these can: ${types.slice(0, SHOWN).join(', ')}${more}`
}

/** Larger sizes of the same family first, then the HPC families, then the others by name. */
export function nearFirst(types: readonly string[], wanted: string): string[] {
  const family = wanted.split('.')[0] ?? ''
  const rank = (type: string) => (type.startsWith(`${family}.`) ? 0 : type.startsWith('hpc') ? 1 : 2)
  return types.toSorted((a, b) => rank(a) - rank(b) || compareText(a, b))
}
