import { gunzipSync } from 'node:zlib'
import { MusterError } from '../../../core/errors/muster-error.ts'
import { compareExport, parseFileCount } from '../../../core/fleet/file-count.ts'
import type { ObservedStorage, ObservedTask } from '../../../core/fleet/observed-storage.ts'
import { exportLinks } from '../../../core/fleet/storage-links.ts'
import { layout } from '../../../core/job/layout.ts'
import type { ObjectStore } from '../../../ports/object-store.ts'
import type { StorageContext } from './storage-context.ts'

/** How many names a person reads. */
const SHOWN = 3

/**
 * Holds what the nodes counted against what is in the bucket, file by file; where no node was left to count, the task's own counts
 * against the number of objects. Only then are the data recorded as exported.
 *
 * @throws MusterError ExportFailed; the next teardown exports again then.
 */
export async function checkExport(
  storageId: string,
  stamp: string,
  taskId: string,
  { fleet, services, find, marked }: StorageContext,
): Promise<void> {
  const storage = find(storageId)
  if (!storage) throw new TypeError(`${storageId} is exported, and not there`)
  const to = storage.contract.exportTo ?? ''
  const task = storage.tasks.find((one) => one.id === taskId)
  const list = await services.objects.getBytes(layout.fileCount(fleet, storageId, stamp))
  const exported = await sizesInBucket(storage, services.objects)
  const wrong = list === null ? tooFew(task, exported) : differs(list, exported)
  if (wrong !== null) {
    const data = { kind: 'unexported' } as const
    await services.storage.mark(storageId, data)
    marked.set(storageId, data)
    throw new MusterError('ExportFailed', `the export of ${storageId} to ${to} is not whole: ${wrong}`)
  }
  await services.storage.mark(storageId, { kind: 'exported' })
  marked.set(storageId, { kind: 'exported' })
  const files = list === null ? [] : parseFileCount(text(list))
  services.events.emit('storage.exported', {
    fleet,
    storage: storageId,
    to,
    files: list === null ? (task?.succeeded ?? 0) : files.length,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    how: list === null ? 'counts' : 'files',
  })
}

const text = (list: Uint8Array) => gunzipSync(list).toString('utf8')

async function sizesInBucket(
  { contract }: ObservedStorage,
  objects: ObjectStore,
): Promise<Map<string, Map<string, number>>> {
  const exported = new Map<string, Map<string, number>>()
  for (const { path, repository } of exportLinks(contract.exportTo, contract.imports > 0)) {
    const sizes = new Map<string, number>()
    for await (const { path: name, size } of objects.listPlace(repository)) sizes.set(name, size)
    exported.set(path.slice(1), sizes)
  }
  return exported
}

const named = (paths: readonly string[]) => paths.slice(0, SHOWN).join(', ')

function differs(list: Uint8Array, exported: ReadonlyMap<string, ReadonlyMap<string, number>>): string | null {
  const { files, missing, outside } = compareExport(parseFileCount(text(list)), exported)
  if (missing.length > 0) {
    return `of ${files} files ${missing.length} are not in the bucket, or not with their size, such as ${named(missing)}`
  }
  if (outside.length > 0) return `${outside.length} files are in no folder that is exported, such as ${named(outside)}`
  return null
}

function tooFew(
  task: ObservedTask | undefined,
  exported: ReadonlyMap<string, ReadonlyMap<string, number>>,
): string | null {
  const objects = [...exported.values()].reduce((sum, sizes) => sum + sizes.size, 0)
  if (task === undefined) return 'its task is not to be seen'
  return objects < task.succeeded
    ? `the task copied ${task.succeeded} files, and the bucket has ${objects} objects`
    : null
}
