import { token } from '../token.ts'
import { securityGroupOf, type RaiseContext } from './context.ts'

/** The fleet's file system, in the zone of its nodes. */
export async function createStorage(action: string, plannedZone: string | null, context: RaiseContext): Promise<void> {
  const { wanted, services, made, tags } = context
  const zone = plannedZone ?? made.zone
  if (wanted.storage?.kind !== 'new' || zone === undefined) throw new TypeError('storage needs a zone')
  const securityGroupId = securityGroupOf(context)
  const subnet = await services.compute.subnetOf(zone)
  await services.storage.create({
    fleet: wanted.name,
    action,
    // The security group is made anew with every raise: see launch-cohort.
    token: token(wanted.name, securityGroupId, subnet.id, JSON.stringify([wanted.storage, tags])),
    spec: wanted.storage,
    subnetId: subnet.id,
    securityGroupId,
    tags,
  })
}
