import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The content of a bucket's objects: files with random names, so that no key can reach a path. A blob means nothing until the
 * index names it; `sweep` removes what a killed sandbox left unnamed. A blob that is being read is removed when its last
 * reader has ended.
 */
export class Blobs {
  readonly #folder: string
  readonly #made = new Set<string>()
  readonly #readers = new Map<string, number>()
  readonly #doomed = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  path(blob: string): string {
    return join(this.#folder, blob.slice(0, 2), blob)
  }

  /** Writes a stream to a new blob; null where it was empty. Nothing stays where the stream or the disk fails. */
  async write(content: AsyncIterable<Uint8Array>): Promise<{ readonly blob: string | null; readonly size: number }> {
    const blob = await this.#fresh()
    const path = this.path(blob)
    let size = 0
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const piece of content) {
          await writeWhole(file, piece)
          size += piece.length
        }
      } finally {
        await file.close()
      }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    if (size > 0) return { blob, size }
    await rm(path, { force: true })
    return { blob: null, size }
  }

  /** The same content under a name of another bucket or object, without a copy. */
  async adopt(path: string): Promise<string> {
    const blob = await this.#fresh()
    await link(path, this.path(blob))
    return blob
  }

  /** Keeps blobs from being removed until the returned function is called. */
  pin(blobs: readonly string[]): () => void {
    for (const blob of blobs) this.#readers.set(blob, (this.#readers.get(blob) ?? 0) + 1)
    let held = true
    return () => {
      if (!held) return
      held = false
      for (const blob of blobs) this.#unpin(blob)
    }
  }

  remove(blobs: readonly string[]): void {
    for (const blob of blobs) {
      if (this.#readers.has(blob)) this.#doomed.add(blob)
      // What cannot be removed now is swept at the next start.
      else rm(this.path(blob), { force: true }).catch(() => {})
    }
  }

  /** Removes every file that `known` does not have. */
  async sweep(known: ReadonlySet<string>): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    for (const shard of await readdir(this.#folder))
      for (const name of await readdir(join(this.#folder, shard)))
        if (!known.has(name)) await rm(join(this.#folder, shard, name), { recursive: true, force: true })
  }

  #unpin(blob: string): void {
    const left = (this.#readers.get(blob) ?? 1) - 1
    if (left > 0) this.#readers.set(blob, left)
    else {
      this.#readers.delete(blob)
      if (this.#doomed.delete(blob)) this.remove([blob])
    }
  }

  async #fresh(): Promise<string> {
    const blob = randomBytes(16).toString('hex')
    const shard = blob.slice(0, 2)
    if (!this.#made.has(shard)) await mkdir(join(this.#folder, shard), { recursive: true, mode: 0o700 })
    this.#made.add(shard)
    return blob
  }
}

async function writeWhole(file: Awaited<ReturnType<typeof open>>, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length;) done += (await file.write(piece, done)).bytesWritten
}
