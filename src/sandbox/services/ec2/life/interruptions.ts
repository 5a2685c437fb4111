import type { Fault } from '../../../faults/faults.ts'
import type { Instance } from '../state/instance.ts'
import { changeSpotStatus } from '../spot/statuses.ts'
import { later } from './clockwork.ts'
import type { Clockwork } from './clockwork.ts'
import { terminate } from './end.ts'
import { spotTermination } from './reasons.ts'
import { stateOf } from './transitions.ts'

type Interruption = Extract<Fault, { kind: 'spot-interruption' }>

/** Two minutes: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html (compiled facts, 2026-09). */
const NOTICE_MS = 120_000
/** Acts on the scripted Spot interruptions that fit an instance of the region now. The others wait: for later launches, or for another region's. */
export function carryOutInterruptions(clockwork: Clockwork): void {
  for (const fault of clockwork.world.faults.list())
    if (fault.kind === 'spot-interruption') interruptAll(fault, clockwork)
}

function interruptAll(fault: Interruption, clockwork: Clockwork): void {
  const { faults } = clockwork.world
  const hit = [...clockwork.region.instances.values()].filter((instance) => fits(instance, fault))
  if (hit.length === 0) return
  const chosen = hit.slice(0, fault.count ?? hit.length)
  faults.drop(fault)
  for (const instance of chosen) interrupt(instance, fault, clockwork)
  // What a count leaves over waits for instances that are yet to come.
  const left = (fault.count ?? 0) - chosen.length
  if (left > 0) faults.add({ ...fault, count: left })
}

const fits = (instance: Instance, { instanceId, instanceType, zone }: Interruption): boolean =>
  instance.purchase === 'spot' &&
  !instance.life.interrupted &&
  ['pending', 'running'].includes(stateOf(instance)) &&
  isOrAny(instanceId, instance.id) &&
  isOrAny(instanceType, instance.type.InstanceType) &&
  isOrAny(zone, instance.subnet.zone.name)

const isOrAny = (wanted: string | undefined, actual: string): boolean =>
  wanted === undefined || wanted === '*' || wanted === actual

/** The notice appears in the instance's metadata, and when its time is over the instance is terminated. */
function interrupt(
  instance: Instance,
  { afterMs = 0, noticeMs = NOTICE_MS }: Interruption,
  clockwork: Clockwork,
): void {
  const { world } = clockwork
  instance.life.interrupted = true
  later(instance, world, afterMs, () => {
    const now = world.clock.now()
    instance.life.interruption = { noticedAt: now, at: now + noticeMs }
    changeSpotStatus(instance, 'marked-for-termination', clockwork)
    later(instance, world, noticeMs, () => terminate(instance, clockwork, spotTermination))
  })
}
