import type { PlacedRung } from '../../../core/capacity/rung.ts'
import { wantsEfa } from '../../../core/fleet/efa.ts'
import { factsOf, type InstanceFacts } from '../../../core/fleet/instance-facts.ts'
import { networkLayout } from '../../../core/fleet/network-layout.ts'
import type { FleetSpec } from '../../../core/fleet/spec.ts'
import { userData, type Software } from '../../../launch/user-data.ts'
import { fitImage } from '../fit-image.ts'
import { token } from '../token.ts'
import { securityGroupsOf, type RaiseContext } from './context.ts'

function softwareOf(wanted: FleetSpec, facts: InstanceFacts): Software {
  return { efa: wantsEfa(wanted, facts), lustre: wanted.storage !== null }
}

/** The launch template; its fingerprint changes whenever its content would, so that an old one is never launched from. */
export async function createTemplate(action: string, rung: PlacedRung, context: RaiseContext): Promise<void> {
  const { wanted, services } = context
  const facts = factsOf(context.types, rung.instanceType)
  const image = await fitImage(wanted, facts, services.compute)
  const content = {
    fleet: wanted.name,
    instanceType: facts.instanceType,
    purchase: rung.purchase,
    reservation: rung.reservation,
    image: image.id,
    rootDevice: image.rootDeviceName,
    instanceProfile: wanted.instanceProfile,
    securityGroupIds: securityGroupsOf(context),
    interfaces: networkLayout(facts, wantsEfa(wanted, facts)),
    userData: userData(wanted, context.software ?? softwareOf(wanted, facts)),
    tags: context.tags,
  }
  const fingerprint = token(JSON.stringify(content), Buffer.from(content.userData).toString('base64')).slice(0, 16)
  context.made.template = await services.compute.ensureTemplate({ ...content, action, fingerprint })
  context.made.templateFor = rung
}
