import type { Ladder } from '../../core/capacity/ladder.ts'
import { describeLeftOut, mayPass } from '../../core/capacity/left-out.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'
import { namedFew, nearFirst } from './name-types.ts'

/**
 * A ladder without a rung is refused before anything is made.
 *
 * @throws MusterError CapacityShortage where waiting may help (a reservation that begins later, or is in use); InstanceTypeUnfit else,
 *   naming why each combination was left out.
 */
export async function refuseEmptyLadder(
  wanted: FleetSpec,
  types: readonly InstanceFacts[],
  { rungs, leftOut }: Ladder,
  compute: Pick<Compute, 'typesFor'>,
): Promise<void> {
  if (rungs.length > 0) return
  const { name, nodes, capacity } = wanted
  const reasons = leftOut.map(describeLeftOut).join('; ')
  const message = `fleet ${name}: there is no way to get ${nodes === 1 ? 'a node' : `${nodes} nodes`}: ${reasons}`
  if (leftOut.some(mayPass)) throw new MusterError('CapacityShortage', message, { data: { leftOut } })
  const able = leftOut.some(({ why }) => why.kind === 'not-sold-so') ? await soldSo(wanted, types[0], compute) : []
  const zones = new Set(leftOut.flatMap(({ why }) => (why.kind === 'zone-not-offered' ? why.offered : [])))
  const where = `in fleets.${name} of muster.yaml`
  const suggestions = [
    ...(able[0] === undefined ? [] : [`type: ${able[0]} ${where}`]),
    ...(zones.size === 0 ? [] : [`zones: [${[...zones].join(', ')}] ${where}`]),
    ...(capacity.includes('on-demand') ? [] : [`capacity: on-demand ${where}`]),
  ]
  throw new MusterError('InstanceTypeUnfit', able.length === 0 ? message : `${message}; ${namedFew(able)}`, {
    data: { leftOut, able },
    ...(suggestions.length === 0 ? {} : { suggestions }),
  })
}

/** Types like the one that was named that are sold in a way that the fleet asks for. */
async function soldSo(
  { capacity }: FleetSpec,
  first: InstanceFacts | undefined,
  compute: Pick<Compute, 'typesFor'>,
): Promise<string[]> {
  if (first === undefined) return []
  const { cores, architecture, gpus, instanceType } = first
  const alike = await compute.typesFor({ cores, memoryMiB: 0, architecture, gpus }).catch(() => [])
  const able = alike.filter((facts) => facts.purchases.some((purchase) => capacity.includes(purchase)))
  return nearFirst(
    able.map((facts) => facts.instanceType),
    instanceType,
  )
}
