import { lstat, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MusterError } from '../../core/errors/muster-error.ts'

/**
 * A name out of an archive as a path below the folder, `''` for the folder itself. Throws TransferFailed for what would
 * leave it: an archive that tries is not unpacked any further.
 */
export function safePath(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (name.startsWith('/') || parts.includes('..') || name.includes('\0')) {
    throw refused(name, 'it would be written outside of the folder')
  }
  return parts.join('/')
}

export function refused(name: string, why: string): MusterError {
  return new MusterError('TransferFailed', `could not unpack ${JSON.stringify(name)}: ${why}`, { data: { name } })
}

/** Makes the folders above entries, and sees to it that none of them is a link that leads elsewhere. */
export function createFolders(root: string): {
  ensure(path: string): Promise<void>
  ensureParent(path: string): Promise<void>
} {
  const known = new Set<string>()
  async function ensure(path: string): Promise<void> {
    if (known.has(path)) return
    if (path === '') await mkdir(root, { recursive: true })
    else {
      await ensureParent(path)
      await mkdir(join(root, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
      if (!(await lstat(join(root, path))).isDirectory()) throw refused(path, 'something else than a folder is there')
    }
    known.add(path)
  }
  async function ensureParent(path: string): Promise<void> {
    const parent = dirname(path)
    await ensure(parent === '.' ? '' : parent)
  }
  return { ensure, ensureParent }
}
