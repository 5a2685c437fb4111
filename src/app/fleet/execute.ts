import pLimit, { type LimitFunction } from 'p-limit'
import type { AnyAction, Plan } from '../../core/plan/action.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Services } from '../services.ts'

/** How many actions of a kind run at once, where not one: AWS's request rates are the reason. */
const LIMITS: Readonly<Record<string, number>> = { 'delete-storage': 4, 'launch-cohort': 2, make: 4, remove: 4 }

/** Whose plan it is, and how its actions are done and said. */
export interface Work<A extends AnyAction> {
  readonly fleet: string
  perform(action: A): Promise<void>
  describe(action: A): string
  /** True for errors that the next plan has an answer to. */
  canGoOn?(error: unknown): boolean
}

/**
 * Carries a plan out: an action starts as soon as all that it depends on has succeeded, a few of a kind at a time. After a
 * failure nothing new starts, what runs is waited for, and the first error is thrown. Each action is in the journal
 * before it is begun.
 */
export async function executePlan<A extends AnyAction>(
  work: Work<A>,
  plan: Plan<A>,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  const { events } = services
  events.emit('plan.made', {
    fleet: work.fleet,
    actions: plan.actions.map((action) => ({
      id: action.id,
      kind: action.kind,
      what: work.describe(action),
      reason: action.reason,
    })),
  })
  const limits = new Map<string, LimitFunction>()
  const limitOf = (kind: string) => limits.get(kind) ?? limits.set(kind, pLimit(LIMITS[kind] ?? 1)).get(kind)!
  const outcomes = new Map<string, Promise<boolean>>()
  const errors: unknown[] = []
  const run = async (action: A): Promise<boolean> => {
    const before = await Promise.all(action.dependsOn.map((id) => outcomes.get(id) ?? Promise.resolve(true)))
    if (!before.every(Boolean)) return false
    return limitOf(action.kind)(async () => {
      if (errors.length > 0 || signal.aborted) return false
      return carryOut(work, action, services).then(
        () => true,
        (error: unknown) => {
          errors.push(error)
          return false
        },
      )
    })
  }
  // A plan lists actions after what they depend on, so every dependency is in the map when it is looked up.
  for (const action of plan.actions) outcomes.set(action.id, run(action))
  await Promise.all(outcomes.values())
  if (errors.length > 0) throw errors[0]
  signal.throwIfAborted()
}

async function carryOut<A extends AnyAction>(
  work: Work<A>,
  action: A,
  { events, journal, clock }: Services,
): Promise<void> {
  const began = clock.now()
  const { fleet } = work
  const what = work.describe(action)
  const said = { fleet, id: action.id, kind: action.kind, what }
  journal.intend({ fleet, action: action.id, kind: action.kind, at: began })
  events.emit('action.started', said)
  try {
    await work.perform(action)
    journal.settled({ fleet, action: action.id, outcome: 'done', at: clock.now() })
    events.emit('action.done', { ...said, ms: clock.now() - began })
  } catch (error) {
    journal.settled({ fleet, action: action.id, outcome: 'failed', at: clock.now() })
    const type = work.canGoOn?.(error) === true ? 'action.refused' : 'action.failed'
    const code = isMusterError(error) ? error.code : 'Bug'
    const message = error instanceof Error ? error.message : String(error)
    events.emit(type, { ...said, code, message })
    throw error
  }
}
