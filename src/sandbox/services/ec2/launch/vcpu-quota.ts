import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { stateOf } from '../life/transitions.ts'
import { reservationState } from '../reservations/state.ts'
import { instanceTypes } from '../state/instance-types.ts'
import type { InstanceType } from '../state/instance-types.ts'
import type { Region } from '../state/region.ts'
import type { Room } from './capacity.ts'

type Purchase = 'on-demand' | 'spot' | 'capacity-block'

/** Instances that are going to be launched, beside those that are there. */
export interface Planned {
  readonly type: InstanceType
  readonly purchase: Purchase
  readonly count: number
  /** Those of them that hold a reserved place: the reservation counts for them. */
  readonly reserved: number
}

/** Which quota a type counts towards, by the letters that its name begins with: code on demand and code on Spot. */
const FAMILIES: Readonly<Record<string, readonly [string | null, string | null]>> = {
  hpc: ['L-F7808C92', null],
  p: ['L-417A185B', null],
  p2: ['L-417A185B', 'L-7212CCBC'],
  p3: ['L-417A185B', 'L-7212CCBC'],
  p4: ['L-417A185B', 'L-7212CCBC'],
  p5: ['L-417A185B', 'L-C4BD4855'],
  g: ['L-DB2E81BA', 'L-3819A6DF'],
  gr: ['L-DB2E81BA', 'L-3819A6DF'],
  vt: ['L-DB2E81BA', 'L-3819A6DF'],
  x: ['L-7295265B', 'L-E3A00192'],
  f: ['L-74FC7D96', 'L-88CF9481'],
  inf: ['L-1945791B', 'L-B5D1601B'],
  trn: ['L-2C3B7624', 'L-6B0D517C'],
  dl: ['L-6E869C2A', 'L-85EED4F7'],
  u: ['L-43DA4232', null],
}

const STANDARD = ['L-1216C47A', 'L-34B43A08'] as const

/** Null where no quota of vCPUs is known: capacity blocks have none, nor has P6 on Spot as far as the facts go. */
export function quotaCodeOf(typeName: string, purchase: Purchase): string | null {
  if (purchase === 'capacity-block') return null
  const [, letters = '', digit = ''] = /^([a-z]+)(\d?)/.exec(typeName) ?? []
  const family =
    FAMILIES[`${letters}${digit}`] ?? FAMILIES[letters] ?? (/^[acdhimrtz]/.test(letters) ? STANDARD : [null, null])
  return family[purchase === 'spot' ? 1 : 0]
}

/** How many of `wanted` instances the applied quota leaves room for, next to those that run or are about to. */
export function roomInQuota(
  { type, purchase, count: wanted, reserved }: Planned,
  planned: readonly Planned[],
  { world, region }: Ec2Call,
): Room {
  const code = quotaCodeOf(type.InstanceType, purchase)
  const limit = code === null ? undefined : world.directories.quotas?.applied(region.name, 'ec2', code)
  if (limit === undefined) return { count: wanted, refusal: null }
  const running = [...region.instances.values()]
    .filter((instance) => ['pending', 'running'].includes(stateOf(instance)) && instance.reservation === null)
    .map((instance) => ({ type: instance.type, purchase: instance.purchase, count: 1, reserved: 0 }))
  const used = [...running, ...reservedNow(region, world.clock.now()), ...planned]
    .filter((one) => quotaCodeOf(one.type.InstanceType, one.purchase) === code)
    .reduce((sum, one) => sum + (one.count - one.reserved) * one.type.VCpuInfo.DefaultVCpus, 0)
  const room = reserved + Math.max(0, Math.floor((limit - used) / type.VCpuInfo.DefaultVCpus))
  if (room >= wanted) return { count: wanted, refusal: null }
  return { count: room, refusal: purchase === 'spot' ? tooManySpot() : vcpuLimitExceeded(limit) }
}

/** Reservations count whole, used or not: EC2 User Guide, ec2-capacity-reservations (compiled facts, 2026-09). Capacity Blocks have no quota. */
function reservedNow(region: Region, now: number): readonly Planned[] {
  return [...region.capacityReservations.values()].flatMap((one) => {
    const type = instanceTypes().get(one.instanceType)
    if (type === undefined || one.type !== 'default' || reservationState(one, now) !== 'active') return []
    return [{ type, purchase: 'on-demand' as const, count: one.total, reserved: 0 }]
  })
}

/** EC2's own sentences, as users quote them. */
const vcpuLimitExceeded = (limit: number): AwsError =>
  new AwsError(
    'VcpuLimitExceeded',
    `You have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
  )

const tooManySpot = (): AwsError => new AwsError('MaxSpotInstanceCountExceeded', 'Max spot instance count exceeded')
