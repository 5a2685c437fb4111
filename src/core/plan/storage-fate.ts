import type { ObservedFleet } from '../fleet/observed.ts'
import type { ObservedStorage, ObservedTask } from '../fleet/observed-storage.ts'
import { exportedPaths, exportLinks, type StorageLink } from '../fleet/storage-links.ts'

/** What the run that takes a fleet down knows besides what it observes. */
export interface TeardownMemory {
  /** Nodes whose end the cloud has accepted a moment ago and may not show yet. */
  readonly asked: ReadonlySet<string>
  /** The user wants no data kept. */
  readonly discard: boolean
  /** Exports that failed in this run: why, by file system. */
  readonly failed: ReadonlyMap<string, string>
  /** Exports that had ended without success before this run: they are tried again. */
  readonly old: ReadonlySet<string>
}

export const NO_MEMORY: TeardownMemory = { asked: new Set(), discard: false, failed: new Map(), old: new Set() }

/** The exports that have ended without success: whoever begins to take a fleet down remembers them as old. */
export function endedExports({ storage }: Pick<ObservedFleet, 'storage'>): ReadonlySet<string> {
  const tasks = storage.flatMap((one) => one.tasks)
  const lost = tasks.filter((task) => task.state !== 'active' && (task.state !== 'succeeded' || task.failed > 0))
  return new Set(lost.map(({ id }) => id))
}

/** The next step for a file system whose fleet is taken down; what is none of the others keeps it. */
export type StorageFate =
  | { readonly kind: 'going' }
  | { readonly kind: 'delete'; readonly reason: string }
  /** A task copies, and nobody wants what it copies. */
  | { readonly kind: 'cancel'; readonly taskId: string }
  | { readonly kind: 'wait'; readonly what: string }
  | { readonly kind: 'keep' }
  /** Kept, because what it holds could not be brought to where it should be. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Jobs on the nodes end and what they wrote goes to the file system, which is counted. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'link'; readonly link: StorageLink }
  | { readonly kind: 'export'; readonly stamp: string; readonly attempt: number; readonly paths: readonly string[] }
  | { readonly kind: 'check'; readonly stamp: string; readonly taskId: string }

/** Decides, purely, by contract, by what is recorded of its data, and by its tasks. */
export function storageFate(storage: ObservedStorage, memory: TeardownMemory): StorageFate {
  const { state, contract, tasks } = storage
  const active = tasks.find((task) => task.state === 'active')
  if (state === 'deleting') return { kind: 'going' }
  if (memory.discard) {
    return active ? { kind: 'cancel', taskId: active.id } : { kind: 'delete', reason: 'its data are discarded' }
  }
  if (contract.onTeardown === 'keep') return { kind: 'keep' }
  const why = memory.failed.get(storage.id)
  if (why !== undefined) return { kind: 'failed', why }
  if (contract.onTeardown === 'export' && contract.data.kind === 'unexported') return { kind: 'flush' }
  if (contract.onTeardown === 'export' && contract.data.kind === 'flushed') {
    return exportFate(storage, contract.data.stamp, memory)
  }
  if (active) return { kind: 'wait', what: `the ${active.kind} of ${storage.id} to end` }
  return { kind: 'delete', reason: contract.data.kind === 'exported' ? 'its data are exported' : 'no node uses it' }
}

function exportFate(storage: ObservedStorage, stamp: string, { old }: TeardownMemory): StorageFate {
  const { id, state, contract, tasks } = storage
  if (state === 'failed') return { kind: 'failed', why: storage.failure ?? 'the file system failed' }
  if (state === 'creating' || contract.exportTo === null) return { kind: 'wait', what: `the file system ${id}` }
  const mine = tasks.filter((task) => task.kind === 'export' && task.stamp === stamp)
  const current = mine.findLast((task) => !old.has(task.id))
  if (current && current.state !== 'active') return endedFate(current, stamp)
  const active = current ?? tasks.find((task) => task.state === 'active')
  if (active) return { kind: 'wait', what: describeCopy(storage, active) }
  const paths = exportedPaths(exportLinks(contract.exportTo, contract.imports > 0))
  return linksFate(storage, contract.exportTo) ?? { kind: 'export', stamp, attempt: mine.length, paths }
}

function endedFate(task: ObservedTask, stamp: string): StorageFate {
  const isWhole = task.state === 'succeeded' && task.failed === 0
  return isWhole ? { kind: 'check', stamp, taskId: task.id } : { kind: 'failed', why: whyFailed(task) }
}

/** What the links still need; null where all are there. */
function linksFate({ id, links, contract }: ObservedStorage, exportTo: string): StorageFate | null {
  for (const link of exportLinks(exportTo, contract.imports > 0)) {
    const seen = links.find((one) => one.path === link.path)
    if (!seen) return { kind: 'link', link }
    if (seen.state === 'creating') return { kind: 'wait', what: `the link of ${id} to ${link.repository}` }
    if (seen.state === 'failed') return { kind: 'failed', why: `its link to ${link.repository}: ${seen.failure}` }
  }
  return null
}

function whyFailed({ id, state, failed, total, failure }: ObservedTask): string {
  if (failed > 0) return `task ${id} could not export ${failed} of ${total} files`
  return `task ${id} ${state === 'cancelled' ? 'was cancelled' : `failed: ${failure ?? 'AWS gives no reason'}`}`
}

/** `the export of fs-1: 12 of 40 files`. */
function describeCopy({ id }: ObservedStorage, { kind, succeeded, failed, total }: ObservedTask): string {
  const count = total > 0 ? `: ${succeeded + failed} of ${total} files` : ''
  return `the ${kind === 'other' ? 'task' : kind} of ${id}${count}`
}
