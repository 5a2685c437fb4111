import { join } from 'node:path'
import { lazyPort } from '../kit/lazy-port.ts'
import type { JobStore } from '../ports/job-store.ts'

/**
 * The queue of one cloud and region, in muster's folder; SQLite is loaded and the file made at the first use. `close` does nothing where
 * it was never used.
 */
export function queueOf(
  home: string,
  cloud: string,
  region: string,
  open: (path: string) => Promise<JobStore>,
): JobStore {
  let opened: JobStore | null = null
  const store = lazyPort<JobStore>(
    async () => (opened = await open(join(home, 'queue', `${cloud}-${region}.db`))),
    [
      'submit',
      'job',
      'jobs',
      'tasks',
      'counts',
      'task',
      'history',
      'append',
      'lease',
      'renew',
      'release',
      'holder',
      'note',
      'setNote',
    ],
  )
  return { ...store, close: () => opened?.close() }
}
