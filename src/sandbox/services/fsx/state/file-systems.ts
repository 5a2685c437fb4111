import { AwsError } from '../../../aws-error.ts'
import type { FileSystemDirectory, World } from '../../../world.ts'
import { createDataFolders } from './data-folder.ts'
import type { DataFolders } from './data-folder.ts'
import { become } from './file-system.ts'
import type { FileSystem, Lifecycle } from './file-system.ts'

/** All file systems and their lives. It is also what a node's `mount -t lustre` asks. */
export interface FileSystems extends FileSystemDirectory {
  readonly world: World
  list(region: string): readonly FileSystem[]
  /** Throws FileSystemNotFound. */
  get(region: string, id: string): FileSystem
  /** Where its data are. */
  folderOf(id: string): string
  /** Makes its folder and starts its life. */
  add(fileSystem: FileSystem): Promise<void>
  grow(fileSystem: FileSystem, capacityGiB: number): void
  delete(fileSystem: FileSystem): void
  /** No lifecycle moves any more. */
  stop(): void
  /** Deletes all data; for when no node can write any more. */
  sweep(): Promise<void>
}

export function createFileSystems(world: World): FileSystems {
  const all = new Map<string, FileSystem>()
  const folders = createDataFolders(world.home)
  const { clock, pace } = world

  const list: FileSystems['list'] = (region) => [...all.values()].filter((each) => each.region === region)
  return {
    world,
    list,
    get(region, id) {
      const found = list(region).find((each) => each.id === id)
      if (!found) throw new AwsError('FileSystemNotFound', `File system '${id}' does not exist.`)
      return found
    },
    folderOf: (id) => folders.path(id),
    async add(fileSystem) {
      all.set(fileSystem.id, fileSystem)
      const fails = world.faults.take('storage-fails') !== undefined
      try {
        await folders.swept
        await folders.make(fileSystem.id)
      } catch (error) {
        forget(all, fileSystem)
        throw error
      }
      if (fileSystem.lifecycle !== 'CREATING') return
      fileSystem.stopTimer = clock.after(pace.fileSystemMs, () => {
        if (fails) fileSystem.failure = FAILURE
        become(fileSystem, fails ? 'FAILED' : 'AVAILABLE')
      })
    },
    grow(fileSystem, capacityGiB) {
      const action = { requestedAt: clock.now(), capacityGiB, status: 'IN_PROGRESS' as 'IN_PROGRESS' | 'COMPLETED' }
      fileSystem.actions.unshift(action)
      become(fileSystem, 'UPDATING')
      fileSystem.stopTimer = clock.after(pace.fileSystemMs, () => {
        fileSystem.capacityGiB = capacityGiB
        action.status = 'COMPLETED'
        become(fileSystem, 'AVAILABLE')
      })
    },
    delete(fileSystem) {
      if (!become(fileSystem, 'DELETING')) return
      fileSystem.stopTimer()
      fileSystem.failure = null
      fileSystem.stopTimer = clock.after(pace.fileSystemDeletingMs, () => void end(all, folders, fileSystem))
    },
    mount(dnsName, mountName) {
      const found = [...all.values()].find((each) => each.dnsName === dnsName)
      if (!found || !isUp(found.lifecycle)) return { refusal: 'Input/output error' }
      if (found.mountName !== mountName) return { refusal: 'No such file or directory' }
      return { path: folders.path(found.id) }
    },
    stop() {
      for (const each of all.values()) each.stopTimer()
    },
    async sweep() {
      await folders.swept
      await Promise.allSettled([...all.keys()].map((id) => folders.remove(id)))
    },
  }
}

/** AWS tells no more than this kind of sentence; its own words are not known. */
const FAILURE = 'The file system could not be created: there is not enough capacity in the Availability Zone.'

const isUp = (lifecycle: Lifecycle): boolean => lifecycle === 'AVAILABLE' || lifecycle === 'UPDATING'

/** It is not gone before its data are. */
async function end(all: Map<string, FileSystem>, folders: DataFolders, fileSystem: FileSystem): Promise<void> {
  try {
    await folders.remove(fileSystem.id)
    forget(all, fileSystem)
  } catch (error) {
    fileSystem.failure =
      `The data could not be deleted: ${error instanceof Error ? error.message : String(error)}`.slice(0, 256)
    become(fileSystem, 'FAILED')
  }
}

function forget(all: Map<string, FileSystem>, fileSystem: FileSystem): void {
  for (const each of fileSystem.interfaces) each.remove()
  all.delete(fileSystem.id)
}
