import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Blobs } from './blobs.ts'
import { BucketIndex } from './bucket-index.ts'
import type { Change } from './records.ts'

/** What a bucket was told of itself. Documents (tagging, lifecycle, ...) are kept as they were put. */
export interface BucketConfig {
  readonly name: string
  readonly region: string
  /** Milliseconds since the epoch. */
  readonly created: number
  /** XML by subresource: `tagging`, `lifecycle`, `encryption`, `publicAccessBlock`, ... */
  readonly documents: Readonly<Record<string, string>>
}

/** A bucket on disk: `bucket.json`, `index.jsonl`, `blobs/`. */
export class Bucket {
  readonly folder: string
  readonly blobs: Blobs
  readonly index: BucketIndex
  #config: BucketConfig

  constructor(folder: string, config: BucketConfig) {
    this.folder = folder
    this.blobs = new Blobs(join(folder, 'blobs'))
    this.index = new BucketIndex(folder)
    this.#config = config
  }

  get config(): BucketConfig {
    return this.#config
  }

  /** Makes a change to what the bucket holds, and removes the content that nothing names any more. */
  change(change: Change): void {
    this.blobs.remove(this.index.change(change))
  }

  /** Keeps a document, or forgets it (undefined). */
  setDocument(name: string, document: string | undefined): void {
    const { [name]: _old, ...others } = this.#config.documents
    const config = { ...this.#config, documents: document === undefined ? others : { ...others, [name]: document } }
    writeConfig(this.folder, config)
    this.#config = config
  }
}

/** Written aside and renamed: the file is never half. */
export function writeConfig(folder: string, config: BucketConfig): void {
  const path = join(folder, 'bucket.json')
  writeFileSync(`${path}.new`, JSON.stringify(config, null, 2), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function readConfig(folder: string): BucketConfig {
  return JSON.parse(readFileSync(join(folder, 'bucket.json'), 'utf8')) as BucketConfig
}
