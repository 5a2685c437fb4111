import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../../../machines/machine.ts'
import type { World } from '../../../world.ts'
import type { Instance } from '../state/instance.ts'

/** What instances and images keep of their machines' disks: `<home>/disks/<instance>/<n>` and `<home>/images/<image>/<n>`. */
export const DISKS = 'disks'
export const IMAGES = 'images'

/** What the instance's next machine begins with: its own disk from an earlier boot, or its image's. */
export const diskOf = ({ life, image }: Instance): string | null => life.disk ?? image.own?.disk ?? null

/** Keeps what the machine's disk holds for the instance's next boot; a machine without a disk keeps nothing. */
export async function keepDisk(instance: Instance, machine: Machine, world: World): Promise<void> {
  const { life } = instance
  if (machine.saveDisk === undefined) return
  const folder = newFolder(world, DISKS, instance.id, String(life.boots))
  await machine.saveDisk(folder)
  const before = life.disk
  life.disk = folder
  if (before !== null) rmSync(before, { recursive: true, force: true })
}

export function newFolder(world: World, ...names: readonly string[]): string {
  const folder = join(world.home, ...names)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** The instance is terminated: its disk goes. */
export function forgetDisks(instance: Instance, world: World): void {
  instance.life.disk = null
  rmSync(join(world.home, DISKS, instance.id), { recursive: true, force: true })
}

/** What an earlier sandbox or this one has left: no instance and no image outlives it. */
export function removeAllDisks(world: World): void {
  for (const name of [DISKS, IMAGES]) rmSync(join(world.home, name), { recursive: true, force: true })
}
