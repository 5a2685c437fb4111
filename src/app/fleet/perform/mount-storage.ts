import type { StageWork } from '../../../core/plan/action.ts'
import type { ObservedStorage } from '../../../core/fleet/observed-storage.ts'
import { mountScript } from '../../../launch/remote/mount-script.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { RaiseContext } from './context.ts'
import { markDone } from './install-nodes.ts'

/** From now on anybody may write: whatever happens to us, nobody deletes it without a look at its data. */
async function markUsed({ id, contract }: ObservedStorage, { wanted, services, made }: RaiseContext): Promise<void> {
  const data = { kind: 'unexported' } as const
  if (wanted.storage?.kind !== 'new' || contract.onTeardown === 'delete' || contract.data.kind === data.kind) return
  await services.storage.mark(id, data)
  made.marked.set(id, data)
}

/** Mounts the file system on every node; a mount that hangs ends with its time limit. */
export async function mountStorage(work: StageWork, context: RaiseContext): Promise<void> {
  const { services, signal, wanted, observed } = context
  const storage = observed.storage.find((candidate) => candidate.state === 'available')
  if (!storage || !wanted.storage) throw new TypeError('a mount needs a file system that is available')
  await markUsed(storage, context)
  const text = mountScript(await nodeContext(services.objects), {
    dnsName: storage.dnsName,
    mountName: storage.mountName,
    mountPoint: wanted.storage.mountPoint,
    exports: wanted.storage.kind === 'new' && wanted.storage.exportTo !== null,
  })
  await runOnNodes(work.nodeIds, { comment: 'muster: mount', text, timeoutS: 180 }, 'MountFailed', services, signal)
  await markDone(work, 'mounted', context)
}
