import { count } from '../../kit/count.ts'
import type { NodeStage, ObservedStorage } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { StageWork } from './action.ts'
import type { Cohort } from './cohort.ts'
import type { Draft } from './draft.ts'
import { isMountable } from './plan-storage.ts'

/** What a whole cohort still lacks until its nodes are verified: each stage after those that it needs. */
export function planStages(plan: Draft, wanted: FleetSpec, cohort: Cohort, storage: ObservedStorage | null): void {
  const notRunning = cohort.nodes.filter((node) => node.state !== 'running').length
  const offline = cohort.nodes.filter((node) => node.state === 'running' && !node.online).length
  if (notRunning > 0) plan.wait(`${count(notRunning, 'node')} to start`)
  if (offline > 0) plan.wait(`${count(offline, 'node')} to register`)
  const storageReady = !wanted.storage || isMountable(wanted.storage, storage)
  // What is waited for while it is there is said where its links are planned.
  if (!storageReady && storage?.state !== 'available') plan.wait('the file system')
  if (notRunning + offline > 0) return

  const nodeIds = cohort.nodes.map((node) => node.id)
  const stage = (kind: StageWork['kind'], after: readonly string[]): string[] =>
    cohort.nodes.every((node) => node.stages.has(STAGE_OF[kind]))
      ? []
      : [
          plan.add(
            `${kind}-${cohort.name}`,
            { kind, cohort: cohort.name, nodeIds },
            `not all nodes are ${STAGE_OF[kind]}`,
            after,
          ),
        ]
  const installed = stage('install-nodes', [])
  const trusted = stage('trust-nodes', installed)
  if (!storageReady) return
  const mounted = wanted.storage ? stage('mount-storage', installed) : []
  stage('verify-nodes', [...trusted, ...mounted])
}

const STAGE_OF: Record<StageWork['kind'], NodeStage> = {
  'install-nodes': 'installed',
  'mount-storage': 'mounted',
  'trust-nodes': 'trusted',
  'verify-nodes': 'verified',
}
