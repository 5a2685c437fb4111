import { count } from '../../kit/count.ts'
import { event, fileSize } from './entry.ts'

/** What is said of a fleet's storage and of what is copied from and to it. */
export const STORAGE_EVENTS = {
  'storage.flushed': event<{ fleet: string; storage: string; nodes: number; left: number }>(
    'info',
    (d) =>
      `${d.fleet}: what ${count(d.nodes, 'node')} wrote is on ${d.storage}${d.left === 0 ? '' : `; ${d.left} more did not answer, and may lose their last seconds`}`,
  ),
  'storage.copying': event<{
    fleet: string
    storage: string
    what: 'import' | 'export' | 'other'
    done: number
    failed: number
    total: number
  }>(
    'info',
    (d) =>
      `${d.fleet}: ${d.what === 'other' ? 'task' : d.what} of ${d.storage}: ${d.done} of ${d.total} files${d.failed === 0 ? '' : `, ${d.failed} failed`}`,
  ),
  'storage.exported': event<{
    fleet: string
    storage: string
    to: string
    files: number
    bytes: number
    how: 'files' | 'counts'
  }>('success', (d) =>
    d.how === 'files'
      ? `${d.fleet}: ${d.files} files (${fileSize(d.bytes)}) of ${d.storage} are in ${d.to}, compared one by one`
      : `${d.fleet}: the export of ${d.storage} to ${d.to} succeeded; no node was left to count its files`,
  ),
  'storage.kept': event<{
    fleet: string
    storage: string
    capacityGiB: number
    why: string | null
    usdPerHour: number | null
  }>(
    'warning',
    (d) =>
      `${d.fleet}: file system ${d.storage} (${d.capacityGiB} GiB) is kept${d.why === null ? '' : `, its data are not exported: ${d.why}`}; it costs ${d.usdPerHour === null ? 'by the hour, at a price that is not known' : `$${d.usdPerHour.toFixed(2)} an hour`}`,
  ),
} as const
