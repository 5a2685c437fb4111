import type { NodeStage } from '../../../core/fleet/observed.ts'
import type { StageWork } from '../../../core/plan/action.ts'
import { installScript, parseInstallReport, USER_DATA_WAIT_S } from '../../../launch/remote/install-script.ts'
import { nodeContext } from '../node-context.ts'
import { runOnNodes } from '../run-on-nodes.ts'
import type { RaiseContext } from './context.ts'

/** Puts the node scripts on every node, makes the user, and collects the nodes' public keys. */
export async function installNodes(work: StageWork, context: RaiseContext): Promise<void> {
  const { services, signal, made } = context
  const script = {
    comment: 'muster: install',
    text: installScript(await nodeContext(services.objects)),
    timeoutS: USER_DATA_WAIT_S + 120,
  }
  const results = await runOnNodes(work.nodeIds, script, 'InstallFailed', services, signal)
  for (const result of results) made.reports.set(result.nodeId, parseInstallReport(result.stdout))
  await markDone(work, 'installed', context)
}

/** Records a stage as done on all nodes of the work: in our own view at once, and as a tag for whoever comes after us. */
export async function markDone(work: StageWork, stage: NodeStage, context: RaiseContext): Promise<void> {
  const { services, observed, made } = context
  const ids = new Set(work.nodeIds)
  const members = observed.nodes.filter((node) => ids.has(node.id))
  for (const node of members) {
    made.stages.set(node.id, new Set([...node.stages, ...(made.stages.get(node.id) ?? []), stage]))
  }
  const stages = made.stages.get(work.nodeIds[0] ?? '')
  if (stages) await services.compute.markStages(work.nodeIds, stages)
}
