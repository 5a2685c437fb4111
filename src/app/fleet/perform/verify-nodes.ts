import { efaOfFleet } from '../../../core/fleet/efa.ts'
import { factsOf } from '../../../core/fleet/instance-facts.ts'
import type { StageWork } from '../../../core/plan/action.ts'
import { verifyScript } from '../../../launch/remote/verify-script.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { RaiseContext } from './context.ts'
import { markDone } from './install-nodes.ts'

/** The last stage: storage writable everywhere, every EFA device answers, the lead reaches every node. */
export async function verifyNodes(work: StageWork, context: RaiseContext): Promise<void> {
  const { services, signal, wanted, types, observed } = context
  const { instanceType = '' } = observed.nodes.find((node) => node.id === work.nodeIds[0]) ?? {}
  const ips = new Map(observed.nodes.map((node) => [node.id, node.privateIp ?? '']))
  const text = verifyScript(await nodeContext(services.objects), {
    leadId: work.nodeIds[0] ?? '',
    hosts: work.nodeIds.map((id) => ips.get(id) ?? ''),
    mountPoint: wanted.storage?.mountPoint ?? null,
    efaInterfaces: efaOfFleet(wanted, factsOf(types, instanceType)),
  })
  await runOnNodes(work.nodeIds, { comment: 'muster: verify', text, timeoutS: 180 }, 'VerifyFailed', services, signal)
  await markDone(work, 'verified', context)
}
