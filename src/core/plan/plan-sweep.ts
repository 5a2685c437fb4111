import { isAlive, type ObservedFleet, type ObservedNode } from '../fleet/observed.ts'
import { holdsUnexported, type ObservedStorage } from '../fleet/observed-storage.ts'
import type { Stray } from '../fleet/stray.ts'
import type { FleetPlan } from './action.ts'
import { cohortsOf, isWhole } from './cohort.ts'
import { draftPlan } from './draft.ts'
import { planTakeDown } from './plan-take-down.ts'
import { NO_MEMORY, type TeardownMemory } from './storage-fate.ts'

/** A fleet with all that hangs about of it. */
export interface SweptFleet {
  readonly observed: ObservedFleet
  readonly strays: readonly Stray[]
}

export interface SweepRules {
  readonly busy: ReadonlySet<string>
  readonly now: number
  /** What is younger is spared: somebody may just be making it. In milliseconds. */
  readonly graceMs: number
  /** Delete file systems too that are to be kept, or whose data are nowhere else. */
  readonly discardData: boolean
}

/** What of a fleet nobody claims. */
export interface Leftovers {
  /** False while the fleet has a whole cohort, a job, or anything that has just been made: then only what is broken is left over. */
  readonly whole: boolean
  readonly nodes: readonly ObservedNode[]
  readonly strays: readonly Stray[]
  /** Ids of file systems that stay, because they are to be kept, or their data are nowhere else. */
  readonly keptStorage: readonly string[]
}

export function leftoversOf({ observed, strays }: SweptFleet, rules: SweepRules): Leftovers {
  const { busy, now, graceMs, discardData } = rules
  const isYoung = (at: number | null) => at !== null && now - at < graceMs
  const cohorts = cohortsOf(observed.nodes)
  const alive = observed.nodes.filter(isAlive)
  const isClaimed =
    cohorts.some(isWhole) ||
    alive.some((node) => busy.has(node.id)) ||
    // Also ended nodes: whoever has just lost its nodes may be about to launch others.
    observed.nodes.some((node) => isYoung(node.launchedAt)) ||
    observed.storage.some((storage) => isYoung(storage.createdAt)) ||
    // Made just before a launch: whoever raises the fleet may have no node yet.
    isYoung(observed.template?.createdAt ?? null)
  const broken = cohorts.filter((cohort) => !isWhole(cohort)).flatMap((cohort) => [...cohort.nodes, ...cohort.lost])
  const nodes = broken.filter((node) => isAlive(node) && !busy.has(node.id) && !isYoung(node.launchedAt))
  return {
    whole: !isClaimed,
    nodes,
    strays: strays.filter((stray) => !isYoung(stray.createdAt) && (!isClaimed || stray.createdAt !== null)),
    keptStorage: isClaimed || discardData ? [] : observed.storage.filter(isPrecious).map((storage) => storage.id),
  }
}

/** Why a file system stays whose data nobody has anywhere else. */
export const ONLY_COPY = 'its data are nowhere else'

const isPrecious = (storage: ObservedStorage) => storage.contract.onTeardown === 'keep' || holdsUnexported(storage)

/**
 * Decides, purely, what removes the leftovers of a fleet, in the order in which AWS allows it. File systems that stay keep their
 * security group: they use it.
 */
export function planSweep(seen: SweptFleet, rules: SweepRules, memory: TeardownMemory = NO_MEMORY): FleetPlan {
  const left = leftoversOf(seen, rules)
  const plan = draftPlan(seen.observed.name)
  for (const { kind, id } of left.strays) {
    plan.add(`delete-${id}`, { kind: 'delete-stray', stray: kind, strayId: id }, 'it is attached to nothing')
  }
  if (!left.whole) {
    const nodeIds = left.nodes.filter((node) => node.state !== 'shutting-down').map((node) => node.id)
    if (nodeIds.length > 0) plan.add('terminate', { kind: 'terminate-nodes', nodeIds }, 'their cohort is broken')
    return plan.finish()
  }
  const { observed } = seen
  const storage = observed.storage.filter(({ id }) => !left.keptStorage.includes(id))
  const securityGroup = storage.length < observed.storage.length ? null : observed.securityGroup
  const rest = planTakeDown({ ...observed, storage, securityGroup }, memory)
  const { actions, waits, failure } = plan.finish()
  return {
    actions: [...actions, ...rest.actions],
    waits: [...waits, ...rest.waits],
    failure: failure ?? rest.failure,
    converged: actions.length === 0 && rest.converged,
  }
}
