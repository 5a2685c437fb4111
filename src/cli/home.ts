import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** muster's own folder on this machine: `MUSTER_HOME`, or `~/.muster`. Nothing is made here. */
export function musterHome(env: NodeJS.ProcessEnv): string {
  const set = env['MUSTER_HOME']
  return set === undefined || set === '' ? join(homedir(), '.muster') : resolve(set)
}
