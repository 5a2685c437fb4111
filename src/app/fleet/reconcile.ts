import { backoffMs } from '../../kit/backoff.ts'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import type { AnyAction, Plan } from '../../core/plan/action.ts'
import { PATIENCE } from '../../core/plan/patience.ts'
import { patient, patientOfLogin } from '../patience.ts'
import type { Services } from '../services.ts'
import { executePlan } from './execute.ts'

/** What a loop is after: how to look, how to decide, how to act, what to say. */
export interface Goal<O, A extends AnyAction> {
  /** Whose journal this is and whose events: a fleet's name. */
  readonly fleet: string
  observe(): Promise<O>
  /** Pure but for the goal's own memory of what it has made. */
  decide(observed: O): Plan<A>
  /** Asked before the actions of a plan are begun: what it throws, nothing is done of it. */
  allow?(plan: Plan<A>): Promise<void>
  perform(action: A): Promise<void>
  /** An action in words with its sign. */
  describe(action: A): string
  /** Called after each observation that has been decided on. */
  onObserved?(observed: O, plan: Plan<A>): void
  /** True for errors after which planning again is worth it: the plan has learnt from them. */
  canGoOn?(error: unknown): boolean
}

/**
 * The loop: observe, plan, act, observe, until the plan is converged. Waits grow from the cloud's first to its longest poll
 * interval and start afresh whenever something happened. A cloud that cannot be reached is waited for.
 *
 * @throws MusterError with the plan's failure, or what an action threw; the signal's reason when it is aborted.
 */
export async function reconcile<O, A extends AnyAction>(
  goal: Goal<O, A>,
  services: Services,
  signal: AbortSignal,
): Promise<O> {
  const { clock, cloud, ids } = services
  const shape = { firstMs: cloud.pollMs.first, factor: 1.5, maxMs: cloud.pollMs.longest }
  const { changingMs } = PATIENCE[cloud.name]
  const blind = patient(changingMs, ['CloudUnreachable', 'Throttled'], services)
  const cutOff = patient(changingMs, ['CloudUnreachable'], services)
  const login = patientOfLogin(services)
  let quiet = 0
  let seen = ''
  for (;;) {
    signal.throwIfAborted()
    const observed = await goal
      .observe()
      .catch(async (error: unknown) =>
        isMusterError(error, 'CredentialsExpired') ? login.bear(error, signal) : blind.bear(error, signal),
      )
    if (observed === null) continue
    blind.relieved()
    const plan = goal.decide(observed)
    // Some calls may pass before others: only a round without any refusal is over it.
    if (plan.actions.length === 0) login.relieved()
    goal.onObserved?.(observed, plan)
    if (plan.failure) {
      const { code, message, suggestions, data = {} } = plan.failure
      throw new MusterError(code, message, { data, ...(suggestions === undefined ? {} : { suggestions }) })
    }
    if (plan.converged) return observed
    if (plan.actions.length > 0) {
      await allowed(goal, plan, services, signal).then(
        () => [cutOff, login].forEach((each) => each.relieved()),
        // Whether the call arrived is not known: observing again tells, and every action is idempotent.
        async (error: unknown) => {
          if (goal.canGoOn?.(error) === true) return null
          return isMusterError(error, 'CredentialsExpired') ? login.bear(error, signal) : cutOff.bear(error, signal)
        },
      )
    }
    // Removals that something still holds are planned again and again: they wait like everything that only time brings.
    const picture = JSON.stringify([plan.waits, plan.actions.map((action) => action.id)])
    quiet = picture === seen ? quiet + 1 : 0
    seen = picture
    if (plan.actions.length === 0 || quiet > 0) await clock.sleep(backoffMs(shape, quiet, ids.random()), signal)
  }
}

async function allowed<O, A extends AnyAction>(
  goal: Goal<O, A>,
  plan: Plan<A>,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  await goal.allow?.(plan)
  await executePlan(goal, plan, services, signal)
}
