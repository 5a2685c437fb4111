import { isUp, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { isReady } from '../../core/plan/plan-raise.ts'
import type { FleetPlan } from '../../core/plan/action.ts'
import type { EventData } from '../../core/events/registry.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PhaseTime } from '../results/fleet.ts'

/** Where a node stands, for people. */
export function stageOf(node: ObservedNode): string {
  if (node.state !== 'running') return node.state
  if (isReady(node)) return 'ready'
  if (!node.online) return 'booting'
  const done = (['trusted', 'mounted', 'installed'] as const).find((stage) => node.stages.has(stage))
  return done ?? 'online'
}

/** Which stage the whole fleet has reached, so that the time between stages can be told. */
function fleetStage(observed: ObservedFleet, plan: FleetPlan): string {
  const nodes = observed.nodes.filter(isUp)
  if (plan.converged) return 'ready'
  if (nodes.length === 0) return 'launch'
  if (!nodes.every((node) => node.online)) return 'boot'
  if (observed.storage.some((storage) => storage.state === 'creating')) return 'storage'
  return 'prepare'
}

/** Measures the phases of a raise from what the loop observes. */
export function stageClock(clock: Clock) {
  const phases: PhaseTime[] = []
  let current = 'launch'
  let since = clock.now()
  return {
    see(observed: ObservedFleet, plan: FleetPlan): void {
      const stage = fleetStage(observed, plan)
      if (stage === current) return
      const now = clock.now()
      phases.push({ name: current, ms: now - since })
      current = stage
      since = now
    },
    counts(observed: ObservedFleet, wanted: FleetSpec): EventData<'fleet.stages'> {
      const counts: Record<string, number> = {}
      for (const node of observed.nodes) {
        if (node.state === 'terminated') continue
        const stage = stageOf(node)
        counts[stage] = (counts[stage] ?? 0) + 1
      }
      return { fleet: wanted.name, total: wanted.nodes, counts, storage: observed.storage[0]?.state ?? null }
    },
    phases: (): readonly PhaseTime[] => phases,
  }
}
