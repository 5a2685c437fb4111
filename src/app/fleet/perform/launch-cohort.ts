import type { LaunchWork } from '../../../core/plan/action.ts'
import { isMusterError } from '../../../core/errors/muster-error.ts'
import { token } from '../token.ts'
import { subnetIn, type RaiseContext } from './context.ts'

/** One cohort, all or nothing. A refusal for lack of room is remembered: the next plan tries another zone. */
export async function launchCohort(action: string, work: LaunchWork, context: RaiseContext): Promise<void> {
  const { wanted, services, made } = context
  const { template } = made
  if (!template) throw new TypeError('a launch needs its template before it is made')
  try {
    await services.compute.launchCohort({
      fleet: wanted.name,
      cohort: work.cohort,
      action,
      // The template is made anew with every raise, so that a token is never used again after its nodes have ended.
      token: token(template.id, template.version, work.cohort, work.zone, work.attempt),
      templateId: template.id,
      templateVersion: template.version,
      instanceType: work.instanceType,
      zone: work.zone,
      subnetId: subnetIn(context, work.zone),
      count: work.count,
      purchase: 'on-demand',
      reservation: null,
      placementGroup: wanted.placement === 'cluster' ? `muster-${wanted.name}` : null,
      tags: context.tags,
    })
  } catch (error) {
    if (!isMusterError(error, 'CapacityShortage', 'PartialCohort')) throw error
    made.shortages.push({ zone: work.zone, message: error.message })
    throw error
  }
  made.zone = work.zone
  made.launched.push({ cohort: work.cohort, at: services.clock.now() })
}
