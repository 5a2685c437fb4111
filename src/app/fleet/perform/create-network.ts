import type { PlacementStrategy } from '../../../core/fleet/instance-facts.ts'
import type { RaiseContext } from './context.ts'

/** The fleet's security group. */
export async function createSecurityGroup(action: string, context: RaiseContext): Promise<void> {
  const { wanted, network, services, tags } = context
  const { id } = await services.compute.ensureSecurityGroup(wanted.name, action, network.vpc, tags)
  context.made.securityGroupId = id
}

/** The fleet's placement group. */
export async function createPlacementGroup(
  action: string,
  strategy: PlacementStrategy,
  context: RaiseContext,
): Promise<void> {
  await context.services.compute.ensurePlacementGroup(context.wanted.name, action, strategy, context.tags)
}
