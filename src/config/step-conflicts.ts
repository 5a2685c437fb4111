import type { FleetConflict } from './capacity-spec.ts'
import { showValue } from './show-value.ts'
import type { ScalingFields } from './schema/scaling.ts'

type Step = NonNullable<ScalingFields['steps']>[number]

/**
 * Steps that EC2 Auto Scaling refuses (API reference, "StepAdjustment"): ranges that overlap or leave a gap; one without either bound; a
 * range below the threshold without one that has no lower bound, and one above it without one that has no upper. And steps that would
 * do harm: fewer nodes for more work, or more for less.
 */
export function stepConflicts(steps: readonly Step[]): FleetConflict[] {
  return [
    ...steps.flatMap((step, nth) => ofOne(step).map((text) => ({ key: ['steps', nth], text }))),
    ...ofAll(steps).map((text) => ({ key: ['steps'], text })),
  ]
}

function ofOne({ from, to, change }: Step): string[] {
  if (from === undefined && to === undefined) return ['has neither from nor to; say at least one']
  if (from !== undefined && to !== undefined && from >= to)
    return [`begins at ${from} and ends at ${to}; turn them round`]
  const more = change.add ?? change.percent ?? 0
  const isAbove = from !== undefined && from >= 0
  if (isAbove && more < 0) return [`takes nodes away where there is too much work: ${shown(change)}; add some`]
  if (!isAbove && to !== undefined && to <= 0 && more > 0) {
    return [`adds nodes where there is little work: ${shown(change)}; take some away, or begin it at 0`]
  }
  return []
}

function shown(change: Step['change']): string {
  return Object.entries(change)
    .map(([key, value]) => `${key} ${showValue(value)}`)
    .join(', ')
}

function ofAll(steps: readonly Step[]): string[] {
  const ordered = steps.toSorted((a, b) => low(a) - low(b))
  const between = ordered.slice(1).flatMap((next, nth) => {
    const before = ordered[nth]!
    if (high(before) === low(next)) return []
    const what = high(before) > low(next) ? 'overlap' : 'leave a gap'
    return [`${what} between ${place(before)} and ${place(next)}; let each begin where the one before it ends`]
  })
  const [first, last] = [ordered[0], ordered.at(-1)]
  const open: string[] = []
  if (first?.from !== undefined && first.from < 0) {
    open.push(`begin at ${first.from}, below the threshold; leave out from in the lowest, so that it has no end`)
  }
  if (last?.to !== undefined && last.to > 0) {
    open.push(`end at ${last.to}, above the threshold; leave out to in the highest, so that it has no end`)
  }
  return [...between, ...open]
}

const low = ({ from }: Step) => from ?? -Infinity
const high = ({ to }: Step) => to ?? Infinity
const place = ({ from, to }: Step) => `${from ?? 'no end'} to ${to ?? 'no end'}`
