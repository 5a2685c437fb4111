import { access, constants, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { showValue } from './show-value.ts'

/** The folder that goes up, absolute; or why it cannot. `none` sends nothing. */
export type Workdir = { readonly folder: string | null } | { readonly problem: string }

export async function findWorkdir(written: string, base: string): Promise<Workdir> {
  if (written === 'none') return { folder: null }
  const folder = resolve(base, written)
  // NUL is refused by the schema.
  if (written.includes('\0')) return { folder: null }
  const named = `workdir ${showValue(written)}`
  try {
    const found = await stat(folder)
    if (!found.isDirectory()) return { problem: `${named} is no folder` }
    await access(folder, constants.R_OK | constants.X_OK)
    return { folder }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const missing = code === 'ENOENT' || code === 'ENOTDIR'
    return { problem: `${named} ${missing ? 'does not exist' : `cannot be read (${code})`}` }
  }
}
