import { layout } from '../../../core/job/layout.ts'
import { importedFolders } from '../../../core/fleet/observed-storage.ts'
import { countScript, flushScript } from '../../../launch/remote/flush-script.ts'
import { renewal } from '../lease.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { StorageContext } from './storage-context.ts'

/**
 * Ends what writes, sends it to the file system, counts what is there, and records that this is done. Nodes whose agent does not
 * answer are left out: what they wrote longer ago than their kernel keeps it is there already.
 */
export async function flushStorage(
  storageId: string,
  nodeIds: readonly string[],
  { fleet, services, signal, find, marked }: StorageContext,
): Promise<void> {
  const stamp = String(services.clock.now())
  const online = nodeIds.length === 0 ? new Set<string>() : await services.remote.online(nodeIds)
  const able = nodeIds.filter((id) => online.has(id))
  const [lead] = able
  if (lead !== undefined) {
    const context = await nodeContext(services.objects)
    // Their idle time may be over at any moment; where nobody comes back to them their lease ends them all the same.
    await services.remote.tell(able, await renewal({ holdS: 'lease', isUse: false, endS: 'keep' }, services))
    const storage = find(storageId)
    const mountPoint = storage?.contract.mountPoint ?? '/fsx'
    const flush = { comment: 'muster: flush', text: flushScript(context, { mountPoint }), timeoutS: 600 }
    await runOnNodes(able, flush, 'ExportFailed', services, signal)
    const key = layout.fileCount(fleet, storageId, stamp)
    const except = storage ? importedFolders(storage) : []
    const text = countScript(context, { mountPoint, key, except })
    await runOnNodes([lead], { comment: 'muster: count', text, timeoutS: 3600 }, 'ExportFailed', services, signal)
  }
  await services.storage.mark(storageId, { kind: 'flushed', stamp })
  marked.set(storageId, { kind: 'flushed', stamp })
  if (nodeIds.length > 0) {
    const left = nodeIds.length - able.length
    services.events.emit('storage.flushed', { fleet, storage: storageId, nodes: able.length, left })
  }
}
