import { join } from 'node:path'
import { lazyPort } from '../kit/lazy-port.ts'
import type { JobStore } from '../ports/job-store.ts'
import type { Ledger } from '../ports/ledger.ts'

/** One file behind two ports. */
export type Store = JobStore & Ledger

/**
 * The queue and the ledger of one cloud and region, in muster's folder; SQLite is loaded and the file made at the first use. `close` does
 * nothing where it was never used.
 */
export function storeOf(home: string, cloud: string, region: string, open: (path: string) => Promise<Store>): Store {
  let opened: Store | null = null
  const store = lazyPort<Store>(
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
      'revision',
      'lease',
      'renew',
      'release',
      'holder',
      'note',
      'setNote',
      'see',
      'paid',
      'use',
      'uses',
    ],
  )
  return { ...store, close: () => opened?.close() }
}
