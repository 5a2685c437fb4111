import { subnetFor } from '../../../src/core/network/fleet-network.ts'
import type { LaunchRequest } from '../../../src/ports/compute.ts'
import type { ContractWorld } from './world.ts'

/** What a launch needs, made through the port: group, placement, template. */
export async function preparedFleet(world: ContractWorld, fleet = 'f', count = 2): Promise<LaunchRequest> {
  const { compute } = world
  const { architecture } = await compute.facts(INSTANCE_TYPE)
  const { name: placementGroup } = await compute.ensurePlacementGroup(fleet, 'action-pg', 'cluster')
  const network = await compute.network(null)
  const { id: securityGroupId } = await compute.ensureSecurityGroup(fleet, 'action-sg', network.vpc)
  const zone = await zoneOf(world)
  const template = await compute.ensureTemplate(templateRequest(fleet, securityGroupId, architecture))
  return {
    fleet,
    cohort: `c0x${count}`,
    action: 'action-launch',
    token: `token-${fleet}`,
    templateId: template.id,
    templateVersion: template.version,
    instanceType: INSTANCE_TYPE,
    zone,
    subnetId: subnetFor(network, zone)?.id ?? '',
    count,
    placementGroup,
    purchase: 'on-demand',
    reservation: null,
  }
}

export const INSTANCE_TYPE = 'hpc7g.16xlarge'

export async function zoneOf(world: ContractWorld): Promise<string> {
  const [zone] = (await world.compute.facts(INSTANCE_TYPE)).zones
  if (zone === undefined) throw new Error(`no zone offers ${INSTANCE_TYPE}`)
  return zone
}

export function templateRequest(fleet: string, securityGroupId: string, architecture: 'x86_64' | 'arm64' = 'arm64') {
  return {
    fleet,
    action: 'action-lt',
    instanceType: INSTANCE_TYPE,
    purchase: 'on-demand' as const,
    reservation: null,
    image: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    rootDevice: '/dev/xvda',
    instanceProfile: 'muster-node',
    securityGroupIds: [securityGroupId],
    interfaces: [{ cardIndex: 0, deviceIndex: 0, kind: 'efa' as const }],
    userData: '#!/bin/sh\ntrue\n',
    fingerprint: 'print-1',
  }
}

/** Launches and waits until all nodes run and are online. */
export async function launched(world: ContractWorld, request: LaunchRequest): Promise<readonly string[]> {
  const ids = await world.compute.launchCohort(request)
  await world.until('all nodes are online', async () => (await world.remote.online(ids)).size === ids.length)
  return ids
}
