import type { Instance } from '../state/instance.ts'
import { later } from './clockwork.ts'
import type { Clockwork } from './clockwork.ts'
import { DROP, endMachine, terminate } from './end.ts'
import { insufficientCapacity, internalError, volumeLimit } from './reasons.ts'

/** The scripted accidents of a new instance: it ends while pending, or its host dies later on. */
export function planAccidents(instance: Instance, clockwork: Clockwork): void {
  const { faults, pace } = clockwork.world
  const early = faults.take('dies-pending')
  if (early !== undefined)
    later(instance, clockwork.world, pace.pendingMs / 2, () =>
      terminate(instance, clockwork, PENDING_DEATHS[early.reason ?? 'internal-error'], { atOnce: true }),
    )
  const death = faults.take('node-dies')
  if (death !== undefined) later(instance, clockwork.world, death.afterMs, () => breakHost(instance, clockwork))
}

const PENDING_DEATHS = {
  'internal-error': internalError,
  'insufficient-capacity': insufficientCapacity,
  'volume-limit': volumeLimit,
} as const

/**
 * The host fails: the machine is gone, the agent falls silent and the status checks fail, but EC2 goes on to call the
 * instance running, as it does on AWS until somebody acts.
 */
function breakHost(instance: Instance, { world }: Clockwork): void {
  instance.life.impairedAt = world.clock.now()
  world.directories.agents?.lost(instance.region, instance.id)
  void endMachine(instance, world, DROP)
}
