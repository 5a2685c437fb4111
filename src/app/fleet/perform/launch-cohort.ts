import type { LaunchWork } from '../../../core/plan/action.ts'
import { isRefusal, rememberRefusal } from '../../capacity/remember-refusal.ts'
import { token } from '../token.ts'
import { subnetIn, type RaiseContext } from './context.ts'

/** One cohort, all or nothing, by one rung. A refusal is remembered: the next plan tries the next rung. */
export async function launchCohort(action: string, work: LaunchWork, context: RaiseContext): Promise<void> {
  const { wanted, services, made } = context
  const { template } = made
  if (!template) throw new TypeError('a launch needs its template before it is made')
  const { purchase, instanceType, zone, reservation, usdPerHour, placementGroup, step } = work
  const tried = { fleet: wanted.name, nodes: work.count, purchase, instanceType, zone, reservation, usdPerHour }
  services.events.emit('capacity.trying', { ...tried, step })
  try {
    await services.compute.launchCohort({
      fleet: wanted.name,
      cohort: work.cohort,
      action,
      // The template is made anew with every raise, so that a token is never used again after its nodes have ended.
      token: token(template.id, template.version, work.cohort, zone, work.attempt),
      templateId: template.id,
      templateVersion: template.version,
      instanceType,
      zone,
      subnetId: subnetIn(context, zone),
      count: work.count,
      purchase,
      reservation,
      placementGroup,
      tags: context.tags,
    })
  } catch (error) {
    if (isRefusal(error)) await rememberRefusal({ fleet: wanted.name, ...work }, error, context.climb, services)
    throw error
  }
  made.zone = zone
  made.launched.push({ cohort: work.cohort, at: services.clock.now() })
}
