import { copyTree } from '../../../machines/copy-tree.ts'
import type { World } from '../../../world.ts'
import { diskOf, IMAGES, newFolder } from '../life/disks.ts'
import type { Instance } from '../state/instance.ts'

/** Copies the disk of a running or stopped instance for an image: the folder, or null where there is nothing to copy. */
export async function copyDisk(instance: Instance, imageId: string, world: World): Promise<string | null> {
  const { machine } = instance.life
  const kept = diskOf(instance)
  if (machine?.saveDisk === undefined && kept === null) return null
  const folder = newFolder(world, IMAGES, imageId)
  if (machine?.saveDisk !== undefined) await machine.saveDisk(folder)
  else if (kept !== null) await copyTree(kept, folder)
  return folder
}
