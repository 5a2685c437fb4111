import type { PlannedInterface } from './network-layout.ts'

/** A node's interfaces in words, card by card: `efa on card 0, efa-only on cards 1 to 31`. */
export function describeLayout(layout: readonly PlannedInterface[]): string {
  const runs: { readonly kind: string; readonly deviceIndex: number; readonly first: number; last: number }[] = []
  for (const { kind, deviceIndex, cardIndex } of layout) {
    const run = runs.at(-1)
    if (run?.kind === kind && run.deviceIndex === deviceIndex && run.last === cardIndex - 1) run.last = cardIndex
    else runs.push({ kind, deviceIndex, first: cardIndex, last: cardIndex })
  }
  return runs
    .map(({ kind, deviceIndex, first, last }) => {
      const cards = first === last ? `card ${first}` : `cards ${first} to ${last}`
      return `${kind} on ${cards}${deviceIndex === 0 ? '' : ` as device ${deviceIndex}`}`
    })
    .join(', ')
}
