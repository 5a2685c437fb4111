import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Bucket, readConfig, writeConfig } from './bucket.ts'

/**
 * All buckets of a sandbox, below one folder. A bucket appears and disappears by a rename of its folder, so a kill -9 leaves
 * it whole or not there; folders whose names begin with a dot are what such a kill left, and are removed at the start.
 */
export class Buckets {
  readonly #root: string
  readonly #buckets = new Map<string, Bucket>()

  private constructor(root: string) {
    this.#root = root
  }

  static async open(root: string): Promise<Buckets> {
    const buckets = new Buckets(root)
    mkdirSync(root, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(root)) {
      const folder = join(root, name)
      if (name.startsWith('.')) rmSync(folder, { recursive: true, force: true })
      else if (existsSync(join(folder, 'bucket.json'))) {
        const bucket = new Bucket(folder, readConfig(folder))
        await bucket.blobs.sweep(bucket.index.blobs())
        buckets.#buckets.set(name, bucket)
      }
    }
    return buckets
  }

  find(name: string): Bucket | undefined {
    return this.#buckets.get(name)
  }

  list(): readonly Bucket[] {
    return [...this.#buckets.values()].toSorted((a, b) => (a.config.name < b.config.name ? -1 : 1))
  }

  /** The name must be free and a valid bucket name, which is a safe name of a folder too. */
  create(name: string, region: string, now: number): Bucket {
    const aside = this.#aside()
    try {
      mkdirSync(aside, { mode: 0o700 })
      writeConfig(aside, { name, region, created: now, documents: {} })
      renameSync(aside, join(this.#root, name))
    } catch (error) {
      rmSync(aside, { recursive: true, force: true })
      throw error
    }
    const bucket = new Bucket(join(this.#root, name), readConfig(join(this.#root, name)))
    this.#buckets.set(name, bucket)
    return bucket
  }

  async remove(bucket: Bucket): Promise<void> {
    const aside = this.#aside()
    renameSync(bucket.folder, aside)
    this.#buckets.delete(bucket.config.name)
    bucket.index.close()
    await rm(aside, { recursive: true, force: true })
  }

  close(): void {
    for (const bucket of this.#buckets.values()) bucket.index.close()
    this.#buckets.clear()
  }

  #aside(): string {
    return join(this.#root, `.${randomBytes(8).toString('hex')}`)
  }
}
