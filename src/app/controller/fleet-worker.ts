import { isMusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { planCohorts } from '../../core/plan/plan-cohorts.ts'
import { cohortsOf } from '../../core/plan/cohort.ts'
import type { AttemptRecord } from '../../core/queue/attempt-record.ts'
import { hasAnything, hasToDo } from '../../core/queue/fleet-work.ts'
import { stillPending, wishesOf, type PendingLaunch } from '../../core/queue/wishes.ts'
import type { ScalingDecision } from '../../core/scaling/input.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import { convergeFleet } from '../fleet/converge.ts'
import { leaseKeeper } from '../fleet/lease-keeper.ts'
import { observeFleet } from '../fleet/observe.ts'
import { takeDown } from '../fleet/take-down.ts'
import { startedFromNothing, undoRaise } from '../fleet/undo-raise.ts'
import type { Services } from '../services.ts'
import { badNodes } from './bad-nodes.ts'
import { fleetClaim } from './claim.ts'
import { rememberIdle } from './idle-since.ts'
import { watchLosses, type LostNodes } from './lost-nodes.ts'
import { setbacks, type Blocked } from './setbacks.ts'

/** One fleet in the hands of the controller: what it has, what it is to have, and what is under way to get there. */
export interface FleetWorker {
  readonly name: string
  readonly spec: () => FleetSpec
  /** Facts of its types; empty until the first look. */
  readonly types: () => readonly InstanceFacts[]
  readonly observed: () => ObservedFleet | null
  readonly pending: () => readonly PendingLaunch[]
  readonly blocked: () => Blocked | null
  /** True from when a launch was above a limit until one is not: a dearer type than the first was all that could be had. */
  readonly isTooDear: () => boolean
  readonly idleSince: ReadonlyMap<string, number>
  /** Nodes that Spot has said it takes: nothing is placed on them any more. */
  readonly leaving: Set<string>
  /** Nodes that runs hold which are not of the queue. */
  readonly others: () => ReadonlySet<string>
  /** Nodes that are being checked or about to be ended: nothing is placed on them for now. */
  readonly resting: () => ReadonlySet<string>
  /** True while all of it is being removed. */
  readonly isRemoving: () => boolean
  /** True where nothing of it is there and nothing is under way. */
  readonly isGone: () => boolean
  /** What was tried with it failed: nothing more is for a while, and the others go on. */
  fail(error: unknown): void
  /** Looks at its nodes; `held` are those that tasks hold. */
  look(spec: FleetSpec, held: ReadonlySet<string>): Promise<LostNodes>
  /** Quarantines nodes that are bad, by how attempts have ended on them, and has checked those that may be. */
  judge(ended: readonly AttemptRecord[]): Promise<void>
  /** Begins what takes it to the decision; returns at once. What is under way learns of it at its next look. */
  apply(decision: ScalingDecision, held: ReadonlySet<string>): void
  /** Begins to remove all of it, once nothing else is under way; returns at once. */
  remove(): void
  /** Resolves when nothing is under way any more; what was is given up first. */
  stop(): Promise<void>
}

export function fleetWorker(first: FleetSpec, services: Services): FleetWorker {
  const { clock, interrupts } = services
  let spec = first
  let types: readonly InstanceFacts[] = []
  let observed: ObservedFleet | null = null
  let pending: readonly PendingLaunch[] = []
  let ending: ReadonlySet<string> = new Set()
  let busy: ReadonlySet<string> = new Set()
  let working: Promise<void> | null = null
  /** Those that the plan which is being carried out gives up. */
  let drained: ReadonlySet<string> = new Set()
  let isRemoving = false
  let isRemoved = false
  const idleSince = new Map<string, number>()
  const bad = badNodes(first.name, () => spec.badNodes === 'keep', services)
  const losses = watchLosses(clock)
  const claim = fleetClaim(first.name, services)
  const setback = setbacks(first.name, services)
  // Those that it finds may be near the end of theirs.
  const lease = leaseKeeper(0, services)
  const stopping = new AbortController()

  const block = (error: unknown): void => {
    if (stopping.signal.aborted || interrupts.signal.aborted) return
    pending = []
    setback.meet(error)
  }

  const blockedNow = (): Blocked | null => {
    const met = setback.now()
    if (met !== null) return met
    const tooMany = bad.blocked()
    return tooMany === null ? null : { ...tooMany, code: 'BadNodes', hint: null }
  }

  const begin = (work: () => Promise<unknown>): void => {
    working ??= (async () => {
      try {
        await claim.take(observed?.nodes ?? [])
        await work()
        setback.clear()
      } catch (error) {
        const isTold = await bad.tookFrom(error, observed).catch(() => false)
        if (!isTold) block(error)
      } finally {
        working = null
        isRemoving = false
      }
    })()
  }

  /** The cloud may show them as running for long after their end was decided: an export is made first, calls are throttled. */
  const going = (): ReadonlySet<string> => {
    if (isRemoving || !claim.isOurs()) return new Set(observed?.nodes.map((node) => node.id))
    return working === null ? new Set() : drained
  }

  /** What another muster works on is looked at, and left alone. */
  const ours = async ({ nodes }: ObservedFleet): Promise<void> => {
    try {
      await claim.take(nodes)
      if (setback.last()?.code === 'FleetBusy') setback.clear()
    } catch (error) {
      if (!isMusterError(error, 'FleetBusy')) throw error
      block(error)
    }
  }

  const converge = async (): Promise<void> => {
    const fitted = await fitTypes(spec, services)
    let before: ObservedFleet | null = null
    let hasActed = false
    await convergeFleet(
      {
        ...fitted,
        waitCapacityMs: null,
        signal: AbortSignal.any([stopping.signal, interrupts.signal]),
        approval: { yes: true },
        busy: () => busy.union(claim.others()),
        lease,
        onFirst: (seen) => {
          before = seen
        },
        onAct: () => {
          hasActed = true
        },
        plan: (input) => {
          const { nodes } = input.observed
          // Only a look ends what is pending: decisions are made on what that one has seen.
          const missing = stillPending(pending, nodes)
          const plan = planCohorts({ ...input, wishes: wishesOf(nodes, ending, missing), surplus: 'drain' })
          drained = new Set(plan.actions.flatMap((action) => (action.kind === 'mark-draining' ? action.nodeIds : [])))
          return plan
        },
      },
      services,
    ).catch(async (error: unknown) => {
      // Waiting does not help here: what was launched would be paid for, end by its lease, and be launched again.
      if (isMusterError(error, 'NotAllowed', 'NotSupported') && hasActed && startedFromNothing(before))
        await undoRaise(spec.name, services, error)
      throw error
    })
  }

  return {
    name: first.name,
    spec: () => spec,
    types: () => types,
    observed: () => observed,
    pending: () => pending,
    blocked: blockedNow,
    isTooDear: () => setback.last()?.code === 'LimitExceeded',
    idleSince,
    leaving: new Set(),
    resting: () => bad.checking.union(going()).union(claim.others()),
    others: claim.others,
    isRemoving: () => isRemoving,
    isGone: () =>
      working === null && (isRemoved || observed === null || !hasAnything(observed)) && pending.length === 0,
    fail: block,
    look: async (described, held) => {
      spec = described
      busy = held
      if (types.length === 0) types = (await fitTypes(spec, services)).types
      observed = await bad.seen(await observeFleet(spec.name, services))
      if (observed.nodes.some(isAlive)) {
        isRemoved = false
        await ours(observed)
      }
      pending = stillPending(pending, observed.nodes)
      const online = observed.nodes.filter((node) => node.online)
      lease.tick(
        spec,
        online.map((node) => node.id),
      )
      rememberIdle(observed, held.union(claim.others()), idleSince, clock.now())
      return losses.look(observed, held)
    },
    judge: async (ended) => {
      if (observed !== null) observed = await bad.judge(ended, { spec, types, observed })
    },
    apply: ({ launch, end }, held) => {
      busy = held
      const nodes = observed?.nodes ?? []
      const before = new Set(cohortsOf(nodes).map((cohort) => cohort.index))
      const launched = blockedNow() === null ? launch : []
      pending = [...pending, ...launched.map((size) => ({ nodes: size, before }))]
      ending = new Set(end)
      const isOff = cohortsOf(nodes).some((cohort) => hasToDo(cohort, held, spec))
      if (pending.length > 0 || end.length > 0 || isOff) begin(converge)
    },
    remove: () => {
      isRemoving ||= working === null
      begin(async () => {
        if (claim.others().size > 0) return
        // Half a teardown costs money: it is finished, and then the work ends.
        await takeDown(spec.name, services, { discard: false, onStop: () => interrupts.abort() })
        isRemoved = true
        pending = []
        await claim.release()
      })
    },
    stop: async () => {
      stopping.abort()
      bad.stop()
      await working?.catch(() => undefined)
      await claim.release()
    },
  }
}
