import type { Instance } from '../state/instance.ts'
import { boot, startMachine } from './boot.ts'
import type { Clockwork } from './clockwork.ts'
import { endMachine, KEEP } from './end.ts'
import { noReason } from './reasons.ts'
import { moveTo, stateOf } from './transitions.ts'

/** A stopped instance comes back with its addresses, on a new machine. */
export function start(instance: Instance, clockwork: Clockwork): void {
  const now = clockwork.world.clock.now()
  moveTo(instance, { name: 'pending', ...noReason }, now)
  instance.launchedAt = now
  instance.life.impairedAt = null
  boot(instance, clockwork, { first: false })
}

/** Restarts a running instance without EC2's states noticing. */
export function reboot(instance: Instance, clockwork: Clockwork): void {
  clockwork.world.directories.agents?.lost(instance.region, instance.id)
  void rebootMachine(instance, clockwork)
}

async function rebootMachine(instance: Instance, clockwork: Clockwork): Promise<void> {
  const number = instance.life.boots + 1
  await endMachine(instance, clockwork.world, KEEP)
  // It may have been stopped, ended or rebooted again meanwhile.
  if (instance.life.boots !== number || stateOf(instance) !== 'running') return
  instance.life.impairedAt = null
  startMachine(instance, clockwork, { first: false })
}
