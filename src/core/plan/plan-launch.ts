import { efaOfFleet } from '../fleet/efa.ts'
import type { ObservedStorage } from '../fleet/observed.ts'
import { cohortName, type Cohort } from './cohort.ts'
import type { Draft } from './draft.ts'
import type { RaiseInput } from './raise-input.ts'

/** The next cohort with all that it needs first: group, placement, template; and the storage that is made while it boots. */
export function planLaunch(
  plan: Draft,
  input: RaiseInput,
  cohorts: readonly Cohort[],
  storage: ObservedStorage | null,
): void {
  const { wanted, observed, shortages, launched, deadlines, now } = input
  const index = 1 + Math.max(-1, ...cohorts.map((cohort) => cohort.index))
  const cohort = cohortName(index, wanted.nodes)
  const accepted = launched.find((launch) => launch.cohort === cohort)
  if (accepted && now - accepted.at < deadlines.visibleMs) {
    plan.wait('the cloud to show the new nodes')
    return
  }
  // Group and template are made sure of even where they exist: a crash may have left a group without its rules, and a template
  // may be of an older muster (the adapters compare).
  const groupReason = observed.securityGroup ? 'its rules may be missing' : 'the fleet has none'
  const group =
    wanted.network?.securityGroups == null ? [plan.add('group', { kind: 'create-security-group' }, groupReason)] : []
  const needsPlacement = wanted.placement === 'cluster' && observed.placementGroup?.state !== 'available'
  const placement = needsPlacement
    ? [plan.add('placement', { kind: 'create-placement-group' }, 'nodes close together')]
    : []
  const template = plan.add('template', { kind: 'create-template' }, 'how nodes are launched', [...group, ...placement])
  const zone = nextZone(input)
  const launch = plan.add(
    `launch-${cohort}`,
    {
      kind: 'launch-cohort',
      cohort,
      instanceType: input.facts.instanceType,
      count: wanted.nodes,
      zone,
      placement: wanted.placement,
      efaInterfaces: efaOfFleet(wanted, input.facts),
      attempt: shortages.filter((shortage) => shortage.zone === zone).length,
    },
    cohorts.length === 0 ? 'the fleet has no nodes' : 'the fleet has no whole cohort',
    [template],
  )
  if (wanted.storage && !storage)
    plan.add('storage', { kind: 'create-storage', zone: null }, 'while the nodes boot', [launch])
}

/** The zones in order, those that had no room last: with each round of refusals every zone gets one more try. */
function nextZone({ facts, shortages }: RaiseInput): string {
  const refusals = (zone: string) => shortages.filter((shortage) => shortage.zone === zone).length
  return facts.zones.toSorted((a, b) => refusals(a) - refusals(b))[0] ?? ''
}
