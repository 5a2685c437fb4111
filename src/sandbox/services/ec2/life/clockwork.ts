import type { World } from '../../../world.ts'
import type { Instance } from '../state/instance.ts'
import type { Region } from '../state/region.ts'

/** What moves instances on: the world's clock and machines, and the region in which they are. */
export interface Clockwork {
  readonly world: World
  readonly region: Region
}

/** Calls back later, unless the instance's timers are taken back before. */
export function later(instance: Instance, world: World, ms: number, callback: () => void): void {
  const { timers } = instance.life
  const takeBack = world.clock.after(ms, () => {
    timers.delete(takeBack)
    callback()
  })
  timers.add(takeBack)
}

export function takeBackTimers(instance: Instance): void {
  for (const takeBack of instance.life.timers) takeBack()
  instance.life.timers.clear()
}
