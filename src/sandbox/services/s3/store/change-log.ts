import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { Change } from './records.ts'

/**
 * A bucket's index on disk: one line of JSON a change, appended. A line that was cut short (kill -9, full disk) never
 * happened: the file is cut back to its last whole line. Synchronous on purpose: a line is some hundred bytes, and no other
 * change can come between deciding and writing.
 */
export class ChangeLog {
  readonly #path: string
  #file: number
  #length: number
  #lines: number

  /** Opens or makes the log; `replay` is called for every change that it holds. */
  constructor(path: string, replay: (change: Change) => void) {
    this.#path = path
    rmSync(`${path}.new`, { force: true })
    this.#file = openSync(path, 'a+', 0o600)
    const content = readFileSync(path)
    this.#length = content.lastIndexOf(0x0a) + 1
    this.#lines = 0
    if (this.#length < content.length) ftruncateSync(this.#file, this.#length)
    for (let at = 0; at < this.#length;) {
      const end = content.indexOf(0x0a, at)
      replay(JSON.parse(content.toString('utf8', at, end)) as Change)
      this.#lines += 1
      at = end + 1
    }
  }

  get lines(): number {
    return this.#lines
  }

  /** Adds a change, or throws with the file as it was. */
  append(change: Change): void {
    const line = Buffer.from(`${JSON.stringify(change)}\n`)
    try {
      writeWhole(this.#file, line)
    } catch (error) {
      ftruncateSync(this.#file, this.#length)
      throw error
    }
    this.#length += line.length
    this.#lines += 1
  }

  /** Replaces all lines by fewer that say the same; the old file stays where the disk is full. */
  compact(changes: Iterable<Change>): void {
    const path = `${this.#path}.new`
    const file = openSync(path, 'w', 0o600)
    let lines = 0
    try {
      for (const change of changes) {
        writeWhole(file, Buffer.from(`${JSON.stringify(change)}\n`))
        lines += 1
      }
      renameSync(path, this.#path)
    } catch {
      closeSync(file)
      rmSync(path, { force: true })
      return
    }
    closeSync(file)
    closeSync(this.#file)
    this.#file = openSync(this.#path, 'a', 0o600)
    this.#length = fstatSync(this.#file).size
    this.#lines = lines
  }

  close(): void {
    closeSync(this.#file)
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
}
