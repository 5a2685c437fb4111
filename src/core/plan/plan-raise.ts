import { efaOfFleet } from '../fleet/efa.ts'
import type { NodeStage, ObservedNode, ObservedStorage } from '../fleet/observed.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { FleetPlan, StageWork } from './action.ts'
import { cohortName, cohortsOf, type Cohort } from './cohort.ts'
import { draftPlan, type Draft } from './draft.ts'
import { raiseFailure } from './raise-failure.ts'
import type { RaiseInput } from './raise-input.ts'

/**
 * Decides, purely, what takes a fleet to one whole, verified cohort with its storage. Applied again and again until it
 * is converged; a converged fleet gives an empty plan.
 */
export function planRaise(input: RaiseInput): FleetPlan {
  const { wanted, observed } = input
  const cohorts = cohortsOf(observed.nodes)
  const whole = cohorts.find((cohort) => isWhole(cohort, wanted))
  const failure = raiseFailure(input, whole ?? null)
  if (failure) return { actions: [], waits: [], failure, converged: false }

  const plan = draftPlan(wanted.name)
  for (const cohort of cohorts) {
    const nodeIds = cohort === whole ? [] : toEnd(cohort)
    if (nodeIds.length > 0)
      plan.add(`broken-${cohort.name}`, { kind: 'terminate-nodes', nodeIds }, brokenReason(cohort))
  }
  const storage = observed.storage.find((candidate) => candidate.state !== 'deleting') ?? null
  if (whole) {
    if (wanted.storage && !storage)
      plan.add('storage', { kind: 'create-storage', zone: zoneOf(whole) }, 'the fleet has none')
    planStages(plan, wanted, whole, storage)
  } else {
    planLaunch(plan, input, cohorts, storage)
  }
  return plan.finish()
}

/** A cohort that can be used: of the wanted type, at least as large as wanted, none of it lost. */
function isWhole(cohort: Cohort, wanted: FleetSpec): boolean {
  return (
    cohort.index >= 0 &&
    cohort.nodes.length === cohort.size &&
    cohort.size >= wanted.nodes &&
    cohort.nodes.every((node) => node.instanceType === wanted.instanceType)
  )
}

/** What of a cohort that is of no use still costs: stopped nodes too. */
function toEnd(cohort: Cohort): string[] {
  const stopped = cohort.lost.filter((node) => node.state === 'stopping' || node.state === 'stopped')
  return [...cohort.nodes, ...stopped].map((node) => node.id)
}

function brokenReason(cohort: Cohort): string {
  const first = cohort.lost[0]
  if (!first) return `cohort ${cohort.name} is not what is wanted`
  return `cohort ${cohort.name} lost ${first.id}${first.stateReason === null ? '' : ` (${first.stateReason})`}`
}

function zoneOf(cohort: Cohort): string {
  return cohort.nodes[0]?.zone ?? ''
}

function planLaunch(plan: Draft, input: RaiseInput, cohorts: readonly Cohort[], storage: ObservedStorage | null): void {
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
  const group = plan.add('group', { kind: 'create-security-group' }, groupReason)
  const needsPlacement = wanted.placement === 'cluster' && observed.placementGroup?.state !== 'available'
  const placement = needsPlacement
    ? [plan.add('placement', { kind: 'create-placement-group' }, 'nodes close together')]
    : []
  const template = plan.add('template', { kind: 'create-template' }, 'how nodes are launched', [group, ...placement])
  const zone = nextZone(input)
  const launch = plan.add(
    `launch-${cohort}`,
    {
      kind: 'launch-cohort',
      cohort,
      instanceType: wanted.instanceType,
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

function planStages(plan: Draft, wanted: FleetSpec, cohort: Cohort, storage: ObservedStorage | null): void {
  const notRunning = cohort.nodes.filter((node) => node.state !== 'running').length
  const offline = cohort.nodes.filter((node) => node.state === 'running' && !node.online).length
  if (notRunning > 0) plan.wait(`${notRunning} nodes to start`)
  if (offline > 0) plan.wait(`${offline} nodes to register`)
  const storageReady = !wanted.storage || storage?.state === 'available'
  if (!storageReady) plan.wait('the file system')
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

/** True when every stage that the fleet needs is done on the node. */
export function isReady(node: ObservedNode): boolean {
  return node.state === 'running' && node.online && node.stages.has('verified')
}
