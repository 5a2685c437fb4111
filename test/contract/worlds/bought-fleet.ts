import { subnetFor } from '../../../src/core/network/fleet-network.ts'
import type { LaunchRequest } from '../../../src/ports/compute.ts'
import { INSTANCE_TYPE, templateRequest } from './fleet.ts'
import type { ContractWorld } from './world.ts'

/** Two nodes without a placement group, bought as it is said; made through the port up to the launch. */
export async function boughtFleet(
  world: ContractWorld,
  how: Pick<LaunchRequest, 'purchase' | 'reservation'> & { readonly instanceType?: string },
): Promise<LaunchRequest> {
  const { compute } = world
  const { purchase, reservation, instanceType = INSTANCE_TYPE } = how
  const { architecture, zones } = await compute.facts(instanceType)
  const network = await compute.network(null)
  const { id: groupId } = await compute.ensureSecurityGroup('f', 'a', network.vpc)
  const interfaces = [{ cardIndex: 0, deviceIndex: 0, kind: 'interface' as const }]
  const plain = { ...templateRequest('f', groupId, architecture), interfaces }
  const template = await compute.ensureTemplate({ ...plain, instanceType, purchase, reservation })
  const zone = zones[0] ?? ''
  return {
    fleet: 'f',
    cohort: 'c0x2',
    action: 'a',
    token: 'token',
    templateId: template.id,
    templateVersion: template.version,
    instanceType,
    zone,
    subnetId: subnetFor(network, zone)?.id ?? '',
    count: 2,
    placementGroup: null,
    purchase,
    reservation,
  }
}
