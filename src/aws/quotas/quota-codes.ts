import type { Purchase } from '../../core/capacity/rung.ts'

/** Of quotas of running vCPUs: the code on demand, and that on Spot (null: no such quota is known). */
type Codes = readonly [onDemand: string, spot: string | null]

/**
 * Which quota a type counts against follows from the letters that its name begins with; AWS has no call that tells. Codes and families:
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html ("On-Demand Instance quotas", "Spot Instance
 * quotas"), 2026-09. Longer names come first.
 */
const FAMILIES: readonly (readonly [family: RegExp, codes: Codes])[] = [
  [/^hpc/, ['L-F7808C92', null]],
  [/^p5/, ['L-417A185B', 'L-C4BD4855']],
  [/^p[234]/, ['L-417A185B', 'L-7212CCBC']],
  [/^p\d/, ['L-417A185B', null]],
  [/^(g|gr|vt)\d/, ['L-DB2E81BA', 'L-3819A6DF']],
  [/^trn/, ['L-2C3B7624', 'L-6B0D517C']],
  [/^inf/, ['L-1945791B', 'L-B5D1601B']],
  [/^dl\d/, ['L-6E869C2A', 'L-85EED4F7']],
  [/^u-|^u\d/, ['L-43DA4232', null]],
  [/^x\d/, ['L-7295265B', 'L-E3A00192']],
  [/^f\d/, ['L-74FC7D96', 'L-88CF9481']],
  // Standard: A, C, D, H, I, M, R, T, Z; also c7gn, im4gn, is4gen and the like. Macs are dedicated hosts.
  [/^(?!mac)[acdhimrtz]/, ['L-1216C47A', 'L-34B43A08']],
]

/**
 * The quota that an instance of the type counts against. Capacity blocks count against none; an instance in a capacity reservation
 * against none of its own, since the reservation counts already, used or not
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html, "Capacity Reservation limits").
 */
export function quotaCode(instanceType: string, purchase: Purchase): string | null {
  if (purchase === 'capacity-block' || purchase === 'reservation') return null
  const codes = FAMILIES.find(([family]) => family.test(instanceType))?.[1]
  return (purchase === 'spot' ? codes?.[1] : codes?.[0]) ?? null
}
