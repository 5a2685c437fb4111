import { MusterError } from '../../core/errors/muster-error.ts'
import { isQuarantined, markedAt } from '../../core/fleet/quarantine.ts'
import { pricesAsBought } from '../cost/known-prices.ts'
import type { QuarantineResult } from '../results/status.ts'
import type { Services } from '../services.ts'
import { findNode, meant, type NamedNode } from '../shell/find-node.ts'

export interface QuarantineRequest {
  /** An instance id, an address, `FLEET/node-3` or `JOB/node-3`. */
  readonly node: string
  /** What is wrong with it; may be empty. */
  readonly why: string
  /** True takes the quarantine back. */
  readonly release: boolean
}

/**
 * Takes a node out of use, or back: a tag on the instance, which whoever works the queue or raises the fleet goes by.
 *
 * @throws MusterError NodeUnknown with the nearest names.
 */
export async function quarantineNode(
  { node: wanted, why, release }: QuarantineRequest,
  services: Services,
): Promise<QuarantineResult> {
  const { clock, compute, identity } = services
  const found = await findNode(wanted, 'muster quarantine', services)
  refuseGroups(wanted, found)
  const { node, fleet } = found
  const isBad = isQuarantined(node)
  const isChange = release ? isBad : !isBad
  const since = markedAt(clock.now())
  if (isChange)
    await compute.quarantine([node.id], { by: release ? 'released' : 'hand', since, why: release ? '' : why })
  const { region } = await identity.whoAmI()
  const priceOf = await pricesAsBought([node], region, services)
  return {
    fleet,
    node: node.id,
    change: isChange ? (release ? 'released' : 'quarantined') : 'none',
    isLeaving: node.draining,
    usdPerHour: priceOf(node.instanceType, node)?.usdPerHour ?? null,
  }
}

/** A fleet or a job means its first node elsewhere: here the node itself has to be named. */
function refuseGroups(wanted: string, found: NamedNode): void {
  if (meant(found, wanted) || wanted.includes('/')) return
  throw new MusterError('NodeUnknown', `${wanted} is several nodes: name the one that is meant`, {
    suggestions: [`muster quarantine ${found.node.id}`, 'muster status --nodes'],
  })
}
