import { readFileSync } from 'node:fs'
import { newUserKey, type UserKey } from '../credentials-create.ts'
import { files } from './files.ts'
import { writeWhole } from './write-whole.ts'

/** The user's key pair; undefined where there is none yet, or the file is damaged. */
export function readUserKey(home: string): UserKey | undefined {
  try {
    const { accessKeyId, secretAccessKey } = JSON.parse(
      readFileSync(files.credentials(home), 'utf8'),
    ) as Partial<UserKey>
    if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') return undefined
    return { accessKeyId, secretAccessKey }
  } catch {
    return undefined
  }
}

/** Made at the first start and kept. Only the daemon calls it, with its lock held. */
export function keepUserKey(home: string): UserKey {
  const kept = readUserKey(home)
  if (kept !== undefined) return kept
  const made = newUserKey()
  writeWhole(files.credentials(home), `${JSON.stringify(made, null, 2)}\n`)
  return made
}
