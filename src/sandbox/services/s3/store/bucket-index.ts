import { join } from 'node:path'
import { exhaustive } from '../../../../kit/exhaustive.ts'
import { ChangeLog } from './change-log.ts'
import type { Change, ObjectRecord, PartRecord, UploadRecord } from './records.ts'
import { SortedKeys } from './sorted-keys.ts'

export interface OpenUpload {
  readonly upload: UploadRecord
  readonly parts: Map<number, PartRecord>
}

/** What a bucket holds, in memory and in its log. Every change is in the log before it is seen. */
export class BucketIndex {
  readonly #log: ChangeLog
  readonly #objects = new Map<string, ObjectRecord>()
  readonly #uploads = new Map<string, OpenUpload>()
  readonly keys: SortedKeys

  constructor(folder: string) {
    this.#log = new ChangeLog(join(folder, 'index.jsonl'), (change) => this.#apply(change))
    this.keys = new SortedKeys(this.#objects.keys())
    this.#compactIfLong()
  }

  get(key: string): ObjectRecord | undefined {
    return this.#objects.get(key)
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0
  }

  upload(id: string): OpenUpload | undefined {
    return this.#uploads.get(id)
  }

  /** By key, then by time, as S3 lists them. */
  uploads(): readonly OpenUpload[] {
    return [...this.#uploads.values()]
  }

  /** Makes a change; returns the blobs that nothing names any more. Throws with nothing changed where the disk is full. */
  change(change: Change): readonly string[] {
    this.#log.append(change)
    const orphans = this.#apply(change)
    if (change.did === 'put' || change.did === 'complete') this.keys.add(change.object.key)
    if (change.did === 'delete') for (const key of change.keys) this.keys.remove(key)
    this.#compactIfLong()
    return orphans
  }

  blobs(): ReadonlySet<string> {
    const blobs = new Set<string>()
    for (const object of this.#objects.values()) for (const { blob } of object.extents) blobs.add(blob)
    for (const { parts } of this.#uploads.values())
      for (const { blob } of parts.values()) if (blob !== null) blobs.add(blob)
    return blobs
  }

  close(): void {
    this.#log.close()
  }

  #apply(change: Change): readonly string[] {
    switch (change.did) {
      case 'put':
        return this.#replace(change.object)
      case 'delete':
        return change.keys.flatMap((key) => {
          const old = blobsOf(this.#objects.get(key))
          this.#objects.delete(key)
          return old
        })
      case 'begin':
        this.#uploads.set(change.upload.id, { upload: change.upload, parts: new Map() })
        return []
      case 'part': {
        const parts = this.#uploads.get(change.upload)?.parts
        const old = parts?.get(change.part.number)?.blob ?? null
        parts?.set(change.part.number, change.part)
        return old === null ? [] : [old]
      }
      case 'abort':
        return this.#endUpload(change.upload)
      case 'complete': {
        const kept = new Set(blobsOf(change.object))
        const unused = this.#endUpload(change.upload).filter((blob) => !kept.has(blob))
        return [...unused, ...this.#replace(change.object)]
      }
      default:
        return exhaustive(change)
    }
  }

  #replace(object: ObjectRecord): readonly string[] {
    const old = blobsOf(this.#objects.get(object.key))
    const kept = new Set(blobsOf(object))
    this.#objects.set(object.key, object)
    return old.filter((blob) => !kept.has(blob))
  }

  #endUpload(id: string): readonly string[] {
    const parts = this.#uploads.get(id)?.parts ?? new Map<number, PartRecord>()
    this.#uploads.delete(id)
    return [...parts.values()].flatMap(({ blob }) => (blob === null ? [] : [blob]))
  }

  #compactIfLong(): void {
    if (this.#log.lines < 1000 + 4 * (this.#objects.size + this.#uploads.size)) return
    this.#log.compact(this.#whole())
  }

  *#whole(): Generator<Change> {
    for (const object of this.#objects.values()) yield { did: 'put', object }
    for (const { upload, parts } of this.#uploads.values()) {
      yield { did: 'begin', upload }
      for (const part of parts.values()) yield { did: 'part', upload: upload.id, part }
    }
  }
}

function blobsOf(object: ObjectRecord | undefined): readonly string[] {
  return object?.extents.map(({ blob }) => blob) ?? []
}
