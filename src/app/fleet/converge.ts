import { factsOf, type InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { emptyFleet, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { resourceTags } from '../../core/fleet/tags.ts'
import type { Action, FleetPlan } from '../../core/plan/action.ts'
import { cohortsOf, isWhole } from '../../core/plan/cohort.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import { foresee } from '../../core/plan/foresee.ts'
import { NO_LADDER_YET } from '../../core/plan/plan-launch.ts'
import type { CohortsInput } from '../../core/plan/plan-cohorts.ts'
import { approveSpending } from '../cost/approve-spending.ts'
import { heldBy, runningJobs } from '../job/busy-nodes.ts'
import type { PhaseTime } from '../results/fleet.ts'
import type { Services } from '../services.ts'
import { beginAgain, beginClimb, newClimb } from '../capacity/climb.ts'
import { hasRungLeft, isRefusal } from '../capacity/remember-refusal.ts'
import { typesInNetwork } from '../capacity/types-in-network.ts'
import { waitsForCapacity } from '../capacity/wait-for-capacity.ts'
import { allowRungs } from './allow-rungs.ts'
import type { Software } from '../../launch/user-data.ts'
import { fitImage } from './fit-image.ts'
import { leaseKeeper, type LeaseKeeper } from './lease-keeper.ts'
import { observeWithStorage } from './observe-storage.ts'
import { nothingMade, withOwnMarks, type Made, type RaiseContext } from './perform/context.ts'
import { performRaise } from './perform/perform-raise.ts'
import { typesForStorage } from './types-for-storage.ts'
import { stageClock } from './phase-times.ts'
import { reconcile, type Goal } from './reconcile.ts'

export interface Convergence {
  readonly wanted: FleetSpec
  /** What is known of its types, `wanted.types`. */
  readonly types: readonly InstanceFacts[]
  /** How long room is waited for, in milliseconds; null, or left out, is not at all. */
  readonly waitCapacityMs?: number | null
  readonly signal: AbortSignal
  /** Pure; called after every observation. */
  plan(input: Omit<CohortsInput, 'wishes' | 'surplus'>): FleetPlan
  /** The job that it is for, and whether somebody agreed beforehand to what it costs. */
  readonly approval: Approval
  /** Whether jobs are always asked for; otherwise only where it matters. */
  readonly jobs?: 'asked'
  /** The nodes that jobs hold, from who knows them better than the bucket tells. */
  readonly busy?: () => ReadonlySet<string>
  /** Who keeps the nodes' lease, where somebody does already. */
  readonly lease?: LeaseKeeper
  /** Called with the first observation; what it throws ends it all before anything is made. */
  onFirst?(observed: ObservedFleet): void
  /** Sees the fleet after every round and every action, for work that can begin before all is ready. */
  onProgress?(seen: SeenFleet): void
  /** What the user data brings where that is more than the fleet itself needs. */
  readonly software?: Software
  /** Called before each action: from here on there is something to undo. */
  onAct?(): void
}

export interface Approval {
  readonly yes: boolean
  /** The job's time limit in hours; null is a job without one, undefined no job. */
  readonly jobHours?: number | null
}

export interface SeenFleet {
  readonly observed: ObservedFleet
  /** Nodes that a job holds, where it matters; see `whoMatters`. */
  readonly busy: ReadonlySet<string>
}

export interface Converged extends SeenFleet {
  readonly made: Made
  readonly phases: readonly PhaseTime[]
}

/** Takes a fleet's nodes and storage to where the plan is empty: one loop for all that raises or resizes a fleet. */
export async function convergeFleet(goal: Convergence, services: Services): Promise<Converged> {
  const { clock, compute, events, identity } = services
  const { wanted, signal, waitCapacityMs = null } = goal
  const [{ arn }, network] = await Promise.all([identity.whoAmI(), compute.network(wanted.network)])
  const made = nothingMade()
  const times = stageClock(clock)
  const lease = goal.lease ?? leaseKeeper(clock.now(), services)
  const tags = resourceTags({ arn, lease: wanted.leaseS, maxLife: wanted.maxLifeS, user: wanted.tags })
  const nothing = { observed: emptyFleet(wanted.name) }
  const climb = newClimb()
  const software = goal.software ?? null
  const context: RaiseContext = {
    wanted,
    software,
    types: goal.types,
    climb,
    network,
    services,
    made,
    tags,
    signal,
    ...nothing,
  }
  let busy: ReadonlySet<string> = new Set()
  let isFirst = true
  const approved = new Set<string>()
  const planned = (observed: ObservedFleet) => {
    const { ladder, shortages, earlier } = climb
    const { launched } = made
    const { deadlines } = services.cloud
    const sure = { securityGroup: made.securityGroupId !== undefined, template: made.templateFor ?? null }
    const known = { wanted, observed, types: context.types, busy, sure }
    return goal.plan({ ...known, ladder, shortages, earlier, launched, deadlines, begun: made.begun, now: clock.now() })
  }
  const seen = () => ({ observed: context.observed, busy })
  const decide = (observed: ObservedFleet) => {
    context.observed = withOwnMarks(observed, made)
    return planned(context.observed)
  }
  const approve = async (launch: Extract<Action, { kind: 'launch-cohort' }>) => {
    const { instanceType } = launch
    await fitImage(wanted, factsOf(context.types, instanceType), compute)
    const actions = foresee(context.observed, planned, wanted.storage)
    const { yes, ...job } = goal.approval
    // What was agreed to for one type is not agreed to for another. Limits hold for every launch: others may have become wanted meanwhile.
    const isAgreed = yes || approved.has(instanceType)
    await approveSpending({ wanted, observed: context.observed, actions, ...job }, isAgreed, services)
    approved.add(instanceType)
  }
  const loop: Goal<ObservedFleet, Action> = {
    fleet: wanted.name,
    observe: async () => {
      const observed = await observeWithStorage(wanted, services)
      const isAsked = goal.jobs === 'asked' || whoMatters(observed)
      if (goal.busy) busy = goal.busy()
      else if (isAsked) busy = heldBy(await runningJobs(wanted.name, observed.nodes, services))
      if (isFirst) {
        goal.onFirst?.(observed)
        const fit = typesInNetwork(wanted, goal.types, network, observed, services)
        context.types = typesForStorage(wanted, fit, network, observed)
      }
      isFirst = false
      // Prices and reservations are asked for when nodes are needed, and only then.
      if (decide(observed).waits.includes(NO_LADDER_YET)) await beginClimb(climb, wanted, context.types, services)
      return observed
    },
    describe: describeAction,
    decide,
    allow: async ({ actions }) => {
      const launch = actions.find((action) => action.kind === 'launch-cohort')
      if (!launch) return
      await allowRungs(actions, context)
      await approve(launch)
    },
    perform: async (action) => {
      goal.onAct?.()
      await performRaise(action, context)
      // What follows in the same plan takes its time: whoever only waits for this stage can begin now.
      goal.onProgress?.({ observed: withOwnMarks(context.observed, made), busy })
    },
    onObserved: (_, plan) => {
      times.see(context.observed, plan)
      const online = context.observed.nodes.filter((node) => node.online)
      lease.tick(
        wanted,
        online.map((node) => node.id),
      )
      const stages = times.counts(context.observed, wanted)
      if (Object.keys(stages.counts).length > 0) events.emit('fleet.stages', stages)
      goal.onProgress?.(seen())
    },
    canGoOn: (error) => isRefusal(error) && (error.code !== 'QuotaExceeded' || hasRungLeft(climb)),
  }
  const waits = waitsForCapacity({ fleet: wanted.name, nodes: wanted.nodes, mostMs: waitCapacityMs }, services, signal)
  for (let raised = false; !raised;) {
    raised = await reconcile(loop, services, signal).then(
      () => true,
      async (error: unknown) => {
        if (!(await waits.bear(error))) throw error
        beginAgain(climb)
        return false
      },
    )
  }
  return { ...seen(), made, phases: times.phases() }
}

/** Which nodes a job holds has to be known where there is a choice between cohorts, or nodes might be ended. */
function whoMatters({ nodes }: ObservedFleet): boolean {
  const cohorts = cohortsOf(nodes).filter((cohort) => cohort.nodes.length + cohort.draining.length > 0)
  return cohorts.length > 1 || cohorts.some((cohort) => !isWhole(cohort) || cohort.draining.length > 0)
}
