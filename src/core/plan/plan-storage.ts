import type { ObservedStorage, ObservedTask } from '../fleet/observed-storage.ts'
import { storageLinks } from '../fleet/storage-links.ts'
import type { NewStorage, StorageSpec } from '../fleet/storage-spec.ts'
import type { FleetPlan } from './action.ts'
import type { Draft } from './draft.ts'

/** True when nodes can mount it: it is there, and so is what is imported. */
export function isMountable(wanted: StorageSpec, storage: ObservedStorage | null): boolean {
  if (storage?.state !== 'available') return false
  return wanted.kind === 'existing' || wanted.imports.length === 0 || importOf(wanted, storage)?.state === 'succeeded'
}

/** Ties an available file system to S3 and brings in what is imported, once; links for exports are not waited for. */
export function planLinks(
  plan: Draft,
  wanted: StorageSpec,
  storage: ObservedStorage,
  begun: ReadonlySet<string>,
): void {
  if (wanted.kind === 'existing' || storage.state !== 'available') return
  for (const link of storageLinks(wanted)) {
    const seen = storage.links.find((one) => one.path === link.path)
    if (seen) continue
    const reason =
      link.direction === 'import' ? `${link.repository} in ${link.path}` : `to export to ${link.repository}`
    plan.add(`link-${link.path}`, { kind: 'link-storage', storageId: storage.id, link }, reason)
  }
  if (wanted.imports.length === 0) return
  const imported = importOf(wanted, storage)
  if (imported?.state === 'succeeded') return
  const linked = wanted.imports.every(({ path }) =>
    storage.links.some((one) => one.path === path && one.state === 'available'),
  )
  if (!linked) return plan.wait('the links to S3')
  if (imported?.state === 'active') {
    return plan.wait(`the import: ${imported.succeeded} of ${imported.total} objects`)
  }
  if (storage.tasks.some((task) => task.state === 'active')) return plan.wait('another task on the file system')
  if (imported && begun.has(imported.id)) return
  const repositories = wanted.imports.map(({ from }) => from)
  const attempt = storage.tasks.filter((task) => task.kind === 'import').length
  const work = { kind: 'import-storage', storageId: storage.id, repositories, attempt } as const
  plan.add('import', work, `for ${wanted.imports.map(({ path }) => path).join(', ')}`)
}

/** The newest import of all that is wanted. */
function importOf({ imports }: NewStorage, { tasks }: ObservedStorage): ObservedTask | undefined {
  return tasks.findLast(
    (task) =>
      task.kind === 'import' &&
      imports.every(({ from }) => task.paths.some((path) => path.replace(/\/$/, '') === from)),
  )
}

/** A link or an import of this run that did not come about: what was asked for would be missing. */
export function linksFailure(
  wanted: StorageSpec | null,
  storage: ObservedStorage,
  begun: ReadonlySet<string>,
): FleetPlan['failure'] {
  if (wanted?.kind !== 'new') return null
  const paths = storageLinks(wanted).map(({ path }) => path)
  const link = storage.links.find((one) => one.state === 'failed' && paths.includes(one.path))
  if (link) {
    const message = `${storage.id}: the link of ${link.path} with ${link.repository} failed: ${link.failure ?? 'AWS gives no reason'}`
    return { code: 'StorageFailed', message }
  }
  const task = importOf(wanted, storage)
  if (task === undefined || !begun.has(task.id) || task.state === 'active' || task.state === 'succeeded') return null
  const why = task.failed > 0 ? `${task.failed} of ${task.total} objects failed` : (task.failure ?? task.state)
  return { code: 'StorageFailed', message: `${storage.id}: the import (task ${task.id}) failed: ${why}` }
}
