import type { Services } from '../services.ts'
import { ok, type Check } from './check.ts'

/** Whether the staging bucket answers; that it is missing is nothing wrong: the first job makes it. */
export function checkBucket({ objects }: Services): Check {
  const name = 'bucket'
  return {
    name,
    async run() {
      const there = await objects.has('muster-doctor')
      const folders = there ? [] : await objects.folders('')
      return ok(
        name,
        folders.length > 0 ? 'the staging bucket answers' : 'the staging bucket is made with the first job',
      )
    },
  }
}
