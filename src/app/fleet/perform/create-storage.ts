import { token } from '../token.ts'
import { securityGroupsOf, subnetIn, type RaiseContext } from './context.ts'

/** The fleet's file system, in the zone of its nodes. */
export async function createStorage(action: string, plannedZone: string | null, context: RaiseContext): Promise<void> {
  const { wanted, services, made, observed, tags } = context
  const zone = plannedZone ?? made.zone
  if (wanted.storage?.kind !== 'new' || zone === undefined) throw new TypeError('storage needs a zone')
  const securityGroupIds = securityGroupsOf(context)
  const subnetId = subnetIn(context, zone)
  await services.storage.create({
    fleet: wanted.name,
    action,
    // The template is made anew with every raise: see launch-cohort.
    token: token(
      wanted.name,
      (made.template ?? observed.template)?.id ?? '',
      subnetId,
      JSON.stringify([wanted.storage, tags]),
    ),
    spec: wanted.storage,
    subnetId,
    securityGroupIds,
    tags,
  })
}
