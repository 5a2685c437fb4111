import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Something that was learnt, and when: milliseconds since the epoch. */
export interface Note {
  readonly at: number
  readonly value: unknown
}

/** Null for what is not there, or not whole. */
export async function readNote(folder: string, name: string): Promise<Note | null> {
  try {
    const note = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as Partial<Note> | null
    return typeof note?.at === 'number' ? { at: note.at, value: note.value } : null
  } catch {
    return null
  }
}

/** Whole or not at all: another muster may be reading. Where it cannot be written it is simply not kept. */
export async function writeNote(folder: string, name: string, note: Note): Promise<void> {
  const path = join(folder, `${name}.json`)
  const part = `${path}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(part, JSON.stringify(note), { mode: 0o600 })
    await rename(part, path)
  } catch {
    // What was learnt is known all the same.
  }
}
