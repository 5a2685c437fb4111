import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Need, PackageManager } from './programs.ts'

/** Where Debian keeps what root runs: not in every user's PATH, but in every node's. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** The path of a program, or null. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...SYSTEM_FOLDERS]
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

export function missingOf(needs: readonly Need[], env: NodeJS.ProcessEnv): Need[] {
  return needs.filter(({ program }) => findProgram(program, env) === null)
}

export function packageManager(env: NodeJS.ProcessEnv): PackageManager | null {
  if (findProgram('apt-get', env) !== null) return 'apt'
  if (findProgram('dnf', env) !== null) return 'dnf'
  return findProgram('brew', env) === null ? null : 'brew'
}
