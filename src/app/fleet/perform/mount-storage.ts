import type { StageWork } from '../../../core/plan/action.ts'
import { mountScript } from '../../../launch/remote/mount-script.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { RaiseContext } from './context.ts'
import { markDone } from './install-nodes.ts'

/** Mounts the file system on every node; a mount that hangs ends with its time limit. */
export async function mountStorage(work: StageWork, context: RaiseContext): Promise<void> {
  const { services, signal, wanted, observed } = context
  const storage = observed.storage.find((candidate) => candidate.state === 'available')
  if (!storage || !wanted.storage) throw new TypeError('a mount needs a file system that is available')
  const text = mountScript(await nodeContext(services.objects), {
    dnsName: storage.dnsName,
    mountName: storage.mountName,
    mountPoint: wanted.storage.mountPoint,
  })
  await runOnNodes(work.nodeIds, { comment: 'muster: mount', text, timeoutS: 180 }, 'MountFailed', services, signal)
  await markDone(work, 'mounted', context)
}
