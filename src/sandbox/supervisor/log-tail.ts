import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { redact } from '../../kit/redact.ts'
import { files } from './files.ts'

const LONGEST_BYTES = 4 * 1024 * 1024

/** The last lines of a sandbox's log from `since` bytes on, without secrets; empty where there are none. */
export function logTail(home: string, since: number, lines = 12): string {
  try {
    const file = openSync(files.log(home), 'r')
    try {
      const start = Math.max(since, fstatSync(file).size - 16_384)
      const buffer = Buffer.alloc(16_384)
      const text = buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, start))
      return redact(text.trimEnd().split('\n').slice(-lines).join('\n'))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}

/** Opens the log for a new daemon; a long one is kept aside once. */
export function openLog(home: string): { readonly file: number; readonly size: number } {
  const path = files.log(home)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_BYTES) renameSync(path, `${path}.1`)
  const file = openSync(path, 'a', 0o600)
  return { file, size: fstatSync(file).size }
}
