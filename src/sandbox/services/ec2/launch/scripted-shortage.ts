import type { Ec2Call } from '../context.ts'
import { zonesOffering } from './choose-type.ts'

interface Asked {
  readonly type: string
  readonly zone: string
  readonly purchase: string
}

/** Whether a scripted shortage stands in the way, and which zones have room. */
export function shortageOf(asked: Asked, { world, region }: Ec2Call): { readonly others: readonly string[] } | null {
  const shortage = world.faults.take('shortage', (fault) => hits(fault, asked))
  if (shortage === undefined) return null
  const elsewhere = zonesOffering(region.name, asked.type).filter(
    (other) => other !== asked.zone && shortage.zone !== '*',
  )
  return { others: shortage.availableZones ?? elsewhere }
}

/** How many of `wanted` come up where a fault lets only a part of a launch do so; undefined where none does. */
export function partOf(asked: Asked, wanted: number, { world }: Ec2Call): number | undefined {
  return world.faults.take('partial', (fault) => hits(fault, asked) && fault.launched < wanted)?.launched
}

function hits(
  fault: { readonly instanceType: string; readonly zone?: string; readonly purchase?: string },
  { type, zone, purchase }: Asked,
): boolean {
  return (
    isOrAny(fault.instanceType, type) && isOrAny(fault.zone ?? '*', zone) && isOrAny(fault.purchase ?? '*', purchase)
  )
}

const isOrAny = (wanted: string, actual: string): boolean => wanted === '*' || wanted === actual
