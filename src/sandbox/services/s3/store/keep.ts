import type { Bucket } from './bucket.ts'
import type { Change } from './records.ts'

/** Makes a change that names new blobs; where it is refused, or the index has no room, they go again. */
export function keep(bucket: Bucket, fresh: readonly string[], change: () => Change): void {
  try {
    bucket.change(change())
  } catch (error) {
    bucket.blobs.remove(fresh)
    throw error
  }
}
