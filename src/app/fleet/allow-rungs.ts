import type { Action } from '../../core/plan/action.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { rememberRefusal } from '../capacity/remember-refusal.ts'
import { allowLaunches } from './allow-launches.ts'
import type { RaiseContext } from './perform/context.ts'

/**
 * Holds the launches of a plan against the account's quotas, once for each type and purchase: what another fleet takes meanwhile the
 * cloud itself refuses. One that is too small counts as a refusal of its rungs.
 *
 * @throws MusterError QuotaExceeded.
 */
export async function allowRungs(actions: readonly Action[], context: RaiseContext): Promise<void> {
  const { climb, made, services, types, wanted } = context
  const launch = actions.find((action) => action.kind === 'launch-cohort')
  const key = launch && `${launch.purchase} ${launch.instanceType} ${launch.count}`
  if (!launch || !key || made.allowed.has(key)) return
  try {
    made.quotas.push(...(await allowLaunches(actions, types, services)))
    made.allowed.add(key)
  } catch (error) {
    if (isMusterError(error, 'QuotaExceeded')) {
      await rememberRefusal({ fleet: wanted.name, ...launch }, error, climb, services)
    }
    throw error
  }
}
