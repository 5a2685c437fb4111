import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, readlink, symlink, unlink, type FileHandle } from 'node:fs/promises'

/**
 * A folder of a file system, held open. Jobs on the nodes write in it, as root if they like, while the sandbox copies: every step goes
 * from an open folder to a name in it and follows no link, so that nothing that they swap meanwhile leads out of the
 * file system. Where the system has no /proc, by path.
 */
export interface Inside {
  /** Where this folder is, for calls that take a path to a name in it. */
  at(name: string): string
  readonly handle: FileHandle
}

const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

export async function openRoot(path: string): Promise<Inside> {
  return inside(await open(path, FOLDER), path)
}

/** Throws ENOENT, ELOOP, ENOTDIR. */
export async function openFolder(parent: Inside, name: string): Promise<Inside> {
  const path = parent.at(name)
  return inside(await open(path, FOLDER), path)
}

/** Opens the folder at `names`, closing what it passes; makes what is missing. The caller closes it, and still has `root`. */
export async function openPath(root: Inside, names: readonly string[], make: boolean): Promise<Inside> {
  let here = root
  for (const name of names) {
    const parent = here
    try {
      if (make) await mkdir(parent.at(name), { mode: 0o755 }).catch(unlessExists)
      here = await openFolder(parent, name)
    } finally {
      if (parent !== root) await parent.handle.close()
    }
  }
  return here === root ? inside(await open(root.at('.'), FOLDER), root.at('.')) : here
}

export const entriesOf = (folder: Inside): Promise<string[]> => readdir(folder.at('.'))
export const entryOf = (folder: Inside, name: string) => lstat(folder.at(name), { bigint: true })
export const linkOf = (folder: Inside, name: string): Promise<string> => readlink(folder.at(name))

/** Throws ELOOP where it is a link by now. */
export function openFile(folder: Inside, name: string): Promise<FileHandle> {
  return open(folder.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
}

/** A new file; what had the name before is gone. */
export async function createFile(folder: Inside, name: string, mode: number): Promise<FileHandle> {
  await unlink(folder.at(name)).catch(unlessMissing)
  return open(folder.at(name), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode)
}

export async function createLink(folder: Inside, name: string, target: string): Promise<void> {
  await unlink(folder.at(name)).catch(unlessMissing)
  await symlink(target, folder.at(name))
}

function inside(handle: FileHandle, path: string): Inside {
  const base = process.platform === 'linux' ? `/proc/self/fd/${handle.fd}` : path
  // Not joined: that would take `.` away, and with it the slash that makes it a folder.
  return { handle, at: (name) => `${base}/${name}` }
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
