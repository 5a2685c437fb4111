import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { mountedBelow } from '../../../machines/mount-table.ts'

/** The folders below `<home>/fsx` that hold the file systems' data. Jobs on the nodes write in them, with whatever names they like. */
export interface DataFolders {
  path(id: string): string
  make(id: string): Promise<void>
  /** Deletes the data. Rejects where something is mounted in it, or where it does not go away. */
  remove(id: string): Promise<void>
  /** Resolves when what a killed sandbox left is gone. */
  readonly swept: Promise<unknown>
}

export function createDataFolders(home: string): DataFolders {
  const root = join(home, 'fsx')
  const path = (id: string): string => join(root, id)
  const left = leftovers(root).map((id) => removeTree(path(id)))
  return {
    path,
    async make(id) {
      await mkdir(root, { recursive: true, mode: 0o755 })
      await mkdir(path(id))
      // Whatever the umask: jobs reach their folders through it as an ordinary user.
      await chmod(path(id), 0o755)
    },
    remove: (id) => removeTree(path(id)),
    // File systems do not outlive the sandbox. What cannot be deleted harms nobody: ids are never used again.
    swept: Promise.allSettled(left),
  }
}

function leftovers(root: string): string[] {
  try {
    return readdirSync(root).filter((name) => /^fs-[0-9a-f]{17}$/.test(name))
  } catch {
    return []
  }
}

const run = promisify(execFile)
const TRIES = 5
const ONE_FILE_SYSTEM = process.platform === 'linux' ? '-rf --one-file-system' : '-rfx'

/**
 * By rm, which walks with file descriptors: a process in a node that swaps a folder for a symbolic link meanwhile cannot lead
 * it out of the tree. Node's own rm walks by path. Tried again, because nodes may still write while it is deleted.
 */
async function removeTree(folder: string): Promise<void> {
  const mounted = await mountedBelow(folder)
  if (mounted.length > 0) throw new Error(`${mounted.join(', ')} is mounted in it`)
  for (let attempt = 1; await exists(folder); attempt += 1) {
    try {
      await run('rm', [...ONE_FILE_SYSTEM.split(' '), '--', folder])
    } catch (error) {
      if (attempt === TRIES) throw error
    }
  }
}

async function exists(folder: string): Promise<boolean> {
  return lstat(folder).then(
    () => true,
    () => false,
  )
}
