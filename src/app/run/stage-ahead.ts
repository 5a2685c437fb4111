import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { JobRecord } from '../../core/job/record.ts'
import type { JobSpec } from '../../core/job/spec.ts'
import type { Cohort } from '../../core/plan/cohort.ts'
import { mustUseEfa } from './fabric.ts'
import { nodeContext } from '../fleet/node-context.ts'
import { stageJob, submitJob } from '../job/submit.ts'
import { uploadWorkdir } from '../job/upload-workdir.ts'
import type { RaiseResult } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import type { FolderPlan } from '../transfer/plan-folder.ts'

interface NodeAt {
  readonly id: string
  readonly ip: string
}

export interface StageAhead {
  /** For `raiseFleet`: begins staging as soon as the storage is mounted, while the nodes are still being verified. */
  readonly onProgress: (cohort: Cohort | null) => void
  /** After the raise: resolves with the record when the job is staged. Throws what staging threw. */
  finish(raised: RaiseResult): Promise<JobRecord>
  /** Resolves when nothing of it runs any more, whatever came of it. */
  settled(): Promise<void>
}

/**
 * Does what a job needs before its start while the fleet is being raised: the folder goes up at once, and is unpacked and
 * prepared on the lead as soon as that can write to the storage. So the ranks start as soon as the fleet is ready.
 */
export function stageAhead(
  id: string,
  job: JobSpec,
  folder: FolderPlan | null,
  fleet: FleetSpec,
  services: Services,
): StageAhead {
  const { clock, compute, interrupts, objects } = services
  const { signal } = interrupts
  const uploading = Promise.all([folder ? uploadWorkdir(folder, services, signal) : null, nodeContext(objects)]).then(
    ([key]) => key,
  )
  let staging: Promise<JobRecord> | null = null

  const begin = (nodes: readonly NodeAt[], instanceType: string): Promise<JobRecord> => {
    const staged = stage(nodes, instanceType)
    staged.catch(() => undefined)
    return staged
  }
  const stage = async (nodes: readonly NodeAt[], instanceType: string): Promise<JobRecord> => {
    const facts = await compute.facts(instanceType)
    const hosts = nodes
      .slice(0, job.nodes)
      .map(({ id: nodeId, ip }, index) => ({ id: nodeId, name: `node-${index}`, ip, slots: facts.cores }))
    const record: JobRecord = { version: 1, id, spec: job, fleet: fleet.name, hosts, submittedAt: clock.now() }
    const mountPoint = fleet.storage?.mountPoint ?? null
    await submitJob(
      record,
      { archiveKey: await uploading, mountPoint, efa: mustUseEfa(fleet, facts, services.cloud) },
      services,
    )
    await stageJob(record, fleet.storage !== null, services, signal)
    return record
  }
  uploading.catch(() => undefined)

  return {
    onProgress: (cohort) => {
      const mounted =
        cohort?.nodes.every((node) => node.online && node.stages.has(fleet.storage ? 'mounted' : 'trusted')) ?? false
      if (!cohort || !mounted) return
      const nodes = cohort.nodes.map((node) => ({ id: node.id, ip: node.privateIp ?? '' }))
      staging ??= begin(nodes, cohort.nodes[0]?.instanceType ?? '')
    },
    finish: async (raised) => {
      staging ??= begin(raised.nodes, raised.instanceType)
      return staging
    },
    settled: async () => {
      await Promise.allSettled([uploading, staging])
    },
  }
}
