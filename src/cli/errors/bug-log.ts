import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { redact } from '../../kit/redact.ts'
import { musterHome } from '../home.ts'

/** Writes the whole of an unforeseen failure to `MUSTER_HOME/logs` and returns the path; null where that fails too. */
export function writeBugLog(thrown: unknown, env: NodeJS.ProcessEnv): string | null {
  const folder = join(musterHome(env), 'logs')
  const path = join(folder, `failure-${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.log`)
  const facts = [
    `command: ${process.argv.slice(2).map(withoutValue).join(' ')}`,
    `node: ${process.version} ${process.platform} ${process.arch}`,
    `cwd: ${process.cwd()}`,
  ]
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, redact(`${facts.join('\n')}\n\n${inspect(thrown, { depth: 6 })}\n`), { mode: 0o600 })
    return path
  } catch {
    return null
  }
}

/** `NAME=VALUE` of an environment may be a secret. */
function withoutValue(word: string): string {
  return word.replace(/^([A-Za-z_]\w*)=.*$/s, '$1=...')
}
