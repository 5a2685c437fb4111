import type { Instance } from '../state/instance.ts'
import type { Region } from '../state/region.ts'
import { later } from './clockwork.ts'
import type { Clockwork } from './clockwork.ts'
import { endMachine, terminate } from './end.ts'
import { internalError, spotTermination } from './reasons.ts'

/** The scripted accidents of a new instance: it ends while pending, or its host dies later on. */
export function planAccidents(instance: Instance, clockwork: Clockwork): void {
  const { faults, pace } = clockwork.world
  if (faults.take('dies-pending') !== undefined)
    later(instance, clockwork.world, pace.pendingMs / 2, () =>
      terminate(instance, clockwork, internalError, { atOnce: true }),
    )
  const death = faults.take('node-dies')
  if (death !== undefined) later(instance, clockwork.world, death.afterMs, () => breakHost(instance, clockwork))
}

/**
 * The host fails: the machine is gone, the agent falls silent and the status checks fail, but EC2 goes on to call the
 * instance running, as it does on AWS until somebody acts.
 */
function breakHost(instance: Instance, { world }: Clockwork): void {
  instance.life.impairedAt = world.clock.now()
  world.directories.agents?.lost(instance.region, instance.id)
  void endMachine(instance)
}

const NOTICE_MS = 120_000
const LOOK_EVERY_MS = 1000

/** Looks for scripted Spot interruptions for as long as the region has instances; one watch a region. */
export function watchInterruptions(clockwork: Clockwork): void {
  const { world, region } = clockwork
  if (watched.has(region)) return
  watched.add(region)
  const look = (): void => {
    if (region.instances.size === 0) {
      watched.delete(region)
      return
    }
    for (const fault of world.faults.list())
      if (fault.kind === 'spot-interruption') interrupt(region.instances.get(fault.instanceId), clockwork)
    world.clock.after(LOOK_EVERY_MS, look)
  }
  world.clock.after(LOOK_EVERY_MS, look)
}

const watched = new WeakSet<Region>()

/** The notice appears in the instance's metadata, and two minutes later it is terminated. */
function interrupt(instance: Instance | undefined, clockwork: Clockwork): void {
  if (instance === undefined) return
  const { world } = clockwork
  world.faults.take('spot-interruption', (fault) => fault.instanceId === instance.id)
  instance.life.interruptionAt = world.clock.now() + NOTICE_MS
  later(instance, world, NOTICE_MS, () => terminate(instance, clockwork, spotTermination))
}
