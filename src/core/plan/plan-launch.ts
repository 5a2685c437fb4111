import { rungsBeside } from '../capacity/beside.ts'
import { orderOfTrying } from '../capacity/order-of-trying.ts'
import type { PlacedRung, Rung } from '../capacity/rung.ts'
import { isOf, recentShortages } from '../capacity/shortage.ts'
import { efaOfFleet } from '../fleet/efa.ts'
import { factsOf, type PlacementStrategy } from '../fleet/instance-facts.ts'
import type { ObservedStorage } from '../fleet/observed.ts'
import { ownPlacementGroup } from '../fleet/placement.ts'
import { cohortName, type Cohort } from './cohort.ts'
import type { Draft } from './draft.ts'
import type { RaiseInput } from './raise-input.ts'

/** Waited for where nodes are needed, and nobody has looked yet how they can be had. */
export const NO_LADDER_YET = 'a way to get nodes'

/** The next cohort with all that it needs first: group, placement, template; and the storage that is made while it boots. */
export function planLaunch(
  plan: Draft,
  input: RaiseInput,
  cohorts: readonly Cohort[],
  storage: ObservedStorage | null,
): void {
  const { wanted, ladder, launched, deadlines, now } = input
  const index = 1 + Math.max(-1, ...cohorts.map((cohort) => cohort.index))
  const cohort = cohortName(index, wanted.nodes)
  const accepted = launched.find((launch) => launch.cohort === cohort)
  if (accepted && now - accepted.at < deadlines.visibleMs) {
    plan.wait('the cloud to show the new nodes')
    return
  }
  const rungs = rungsBeside(wanted, ladder, cohorts)
  const rung = nextRung(input, rungs)
  if (rung === null) return plan.wait(NO_LADDER_YET)
  const ready = planReady(plan, input, rung)
  const launch = plan.add(
    `launch-${cohort}`,
    {
      kind: 'launch-cohort',
      cohort,
      count: wanted.nodes,
      ...rung,
      efaInterfaces: efaOfFleet(wanted, factsOf(input.types, rung.instanceType)),
      attempt: refusalsOf(input, rung),
      step: { nth: 1 + rungs.indexOf(rung), of: rungs.length },
    },
    cohorts.length === 0 ? 'the fleet has no nodes' : 'the fleet has no whole cohort',
    ready,
  )
  if (wanted.storage?.kind === 'new' && !storage)
    plan.add('storage', { kind: 'create-storage', zone: null }, 'while the nodes boot', [launch])
}

/** What a launch needs first. Group and template are made sure of once also where they exist: a crash may have left a group without its rules. */
function planReady(plan: Draft, input: RaiseInput, rung: PlacedRung): string[] {
  const { wanted, observed, sure = { securityGroup: false, template: null } } = input
  const groupReason = observed.securityGroup ? 'its rules may be missing' : 'the fleet has none'
  const needsGroup = wanted.network?.securityGroups == null && !sure.securityGroup
  const group = needsGroup ? [plan.add('group', { kind: 'create-security-group' }, groupReason)] : []
  const placement = planPlacement(plan, input, rung)
  if (sure.template !== null && sharesTemplate(sure.template, rung)) return [...group, ...placement]
  const before = [...group, ...placement]
  return [plan.add('template', { kind: 'create-template', rung }, 'how nodes are launched', before)]
}

/** Zones alone make no other template. */
function sharesTemplate(a: Rung, b: Rung): boolean {
  return a.instanceType === b.instanceType && a.purchase === b.purchase && a.reservation === b.reservation
}

/** The fleet's own group; one that somebody reserved capacity in is theirs. */
function planPlacement(plan: Draft, { wanted, observed }: RaiseInput, rung: PlacedRung): string[] {
  if (rung.placement === 'none' || rung.placementGroup !== ownPlacementGroup(wanted.name)) return []
  const { state, strategy } = observed.placementGroup ?? {}
  if (state === 'available' && (strategy === undefined || strategy === rung.placement)) return []
  return [plan.add('placement', { kind: 'create-placement-group', strategy: rung.placement }, REASONS[rung.placement])]
}

const REASONS: Readonly<Record<PlacementStrategy, string>> = {
  cluster: 'nodes close together',
  spread: 'nodes on separate hardware',
  partition: 'nodes in groups on separate hardware',
}

/** The next rung to be tried; null where all have refused since the ladder was begun. */
function nextRung({ wanted, shortages, earlier, now }: RaiseInput, rungs: readonly PlacedRung[]): PlacedRung | null {
  const recent = recentShortages([...earlier, ...shortages], wanted.nodes, now)
  const ordered = orderOfTrying(rungs, recent)
  return ordered.find((rung) => !shortages.some((shortage) => isOf(shortage, rung))) ?? null
}

function refusalsOf({ shortages, earlier }: RaiseInput, rung: PlacedRung): number {
  return [...shortages, ...earlier].filter((shortage) => isOf(shortage, rung)).length
}
