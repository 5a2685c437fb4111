import type { PaidThing } from '../../core/cost/paid-thing.ts'
import { affordable, jobSpentOut, spentOut, type LimitHit } from '../../core/cost/limit-hit.ts'
import { standingOf } from '../../core/cost/standing.ts'
import { isLimited, type FleetLimits, type Limits } from '../../core/fleet/limits.ts'
import type { Eligibility, QueuedTask } from '../../core/queue/eligible.ts'
import { taskName } from '../../core/queue/queued-job.ts'
import { holdsNodes } from '../../core/queue/task-view.ts'
import { comingNodes } from '../../core/queue/wishes.ts'
import type { Change } from '../../ports/job-store.ts'
import { costOfJobs } from '../cost/cost-of-jobs.ts'
import type { Services } from '../services.ts'
import type { FleetWorker } from './fleet-worker.ts'

/** How many more nodes a fleet may have, and the limit that says so; null where none does. */
export interface Means {
  readonly nodes: number
  readonly hit: LimitHit | null
  /** True where nothing more may be begun: what is idle is kept for nothing. */
  readonly isSpentOut: boolean
}

/** The limits of the queue's fleets and projects, and how all of it stands against them. */
export interface Budget {
  /** Reads the ledger: once a tick. */
  look(tasks: readonly QueuedTask[]): Promise<void>
  /** Without the tasks that a limit keeps from being begun: these wait, and are told why. */
  hold(eligible: Eligibility, tasks: readonly QueuedTask[]): Eligibility
  /** The tasks that run and whose job has reached its limit: their end is asked for. */
  ends(tasks: readonly QueuedTask[]): Change[]
  /**
   * Of an hour, at the on-demand price of the fleet's first type, or of the dearest once that was above a limit; what is being launched
   * counts as there.
   */
  means(one: FleetWorker): Promise<Means>
}

/** Limits of a fleet's own and of its project. */
interface Scope {
  readonly limits: Limits
  /** Null is the project. */
  readonly fleet: string | null
  readonly fleets: ReadonlySet<string>
}

export function budgetOf(workers: ReadonlyMap<string, FleetWorker>, services: Services): Budget {
  const { clock, identity, ledger, prices } = services
  let paid: readonly PaidThing[] = []
  let jobs: ReadonlyMap<string, number | null> = new Map()

  const priceOf = async (one: FleetWorker | undefined): Promise<number | null> => {
    const { region } = await identity.whoAmI()
    const types = one?.isTooDear() ? one.types() : (one?.types().slice(0, 1) ?? [])
    const asked = types.map((type) => prices.onDemand(type.instanceType, region).catch(() => null))
    const known = (await Promise.all(asked)).flatMap((price) => price?.usdPerHour ?? [])
    return known.length === 0 ? null : Math.max(...known)
  }
  const comingOf = async (fleets: ReadonlySet<string>): Promise<number> => {
    let usd = 0
    for (const name of fleets) {
      const one = workers.get(name)
      const nodes = comingNodes(one?.pending() ?? [])
      if (nodes > 0) usd += nodes * ((await priceOf(one)) ?? 0)
    }
    return usd
  }
  const standing = ({ fleets }: Scope, coming = 0) => standingOf(paid, fleets, coming, clock.now())

  const hitOf = (one: FleetWorker | undefined): LimitHit | null =>
    first(one, (scope) => spentOut(scope.limits, scope.fleet, standing(scope)))
  const jobHitOf = (job: string, one: FleetWorker | undefined): LimitHit | null =>
    jobs.has(job) ? first(one, ({ limits, fleet }) => jobSpentOut(limits, fleet, jobs.get(job)!)) : null

  return {
    look: async (tasks) => {
      const limited = [...workers.values()].filter((one) => scopesOf(one).length > 0)
      if (limited.length === 0) return
      const { account } = await identity.whoAmI()
      paid = (await ledger.paid({ fleet: null, ids: null })).filter((one) => one.account === account)
      const perJob = new Set(limited.filter((one) => scopesOf(one).some(hasPerJob)).map((one) => one.name))
      const open = new Set(tasks.filter(({ job }) => perJob.has(job.fleet)).map(({ job }) => job.id))
      const costs = await costOfJobs([...open], services)
      jobs = new Map([...costs].map(([job, { paid: spent }]) => [job, spent.usd.known]))
    },
    hold: ({ waiting, not }, tasks) => {
      const ofTask = new Map(tasks.map(({ key, job }) => [taskName(key), job.id]))
      const fleets = new Map([...workers.values()].map((one) => [one.name, hitOf(one)]))
      const held = new Map(not)
      const free = waiting.filter(({ task, fleet }) => {
        const hit = fleets.get(fleet) ?? jobHitOf(ofTask.get(task) ?? '', workers.get(fleet))
        if (hit) held.set(task, { kind: 'limit', hit })
        return !hit
      })
      return { waiting: free, not: held }
    },
    ends: (tasks) =>
      tasks.flatMap(({ key, view, job }): Change[] => {
        if (!holdsNodes(view) || view.cancelAsked) return []
        const hit = jobHitOf(job.id, workers.get(job.fleet))
        return hit ? [{ key, event: { type: 'cancel-asked', at: clock.now(), hit }, expects: view.version }] : []
      }),
    means: async (one) => {
      const spent = hitOf(one)
      if (spent !== null) return { nodes: 0, hit: spent, isSpentOut: true }
      let least: Means = { nodes: Infinity, hit: null, isSpentOut: false }
      const price = await priceOf(one)
      for (const scope of scopesOf(one)) {
        const room = affordable(scope.limits, scope.fleet, standing(scope, await comingOf(scope.fleets)), price)
        if (room.nodes < least.nodes) least = { ...room, isSpentOut: false }
      }
      return least
    },
  }
}

function first(one: FleetWorker | undefined, ask: (scope: Scope) => LimitHit | null): LimitHit | null {
  for (const scope of one ? scopesOf(one) : []) {
    const hit = ask(scope)
    if (hit) return hit
  }
  return null
}

function scopesOf(one: FleetWorker): Scope[] {
  const { limits, project }: FleetLimits = one.spec()
  const own = { limits, fleet: one.name, fleets: new Set([one.name]) }
  const all = project === null ? [] : [{ limits: project.limits, fleet: null, fleets: new Set(project.fleets) }]
  return [own, ...all].filter((scope) => isLimited(scope.limits))
}

const hasPerJob = ({ limits }: Scope) => limits.perJob !== null
