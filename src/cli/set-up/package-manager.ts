import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { PackageManager } from './programs.ts'

/** The machine's package manager, null where it has none that is known here. */
export function packageManager(env: NodeJS.ProcessEnv): PackageManager | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const has = (program: string) => folders.some((folder) => isExecutable(join(folder, program)))
  if (has('apt-get')) return 'apt'
  if (has('dnf')) return 'dnf'
  return has('brew') ? 'brew' : null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
