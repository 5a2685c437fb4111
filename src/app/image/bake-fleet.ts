import type { ImageFacts } from '../../core/fleet/image-facts.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'

/** Enough for AWS's installers. */
const NEED = { cores: 2, memoryMiB: 4096, gpus: 0 } as const

/** A fleet's name has at most 40 characters. */
const bakeName = (fleet: string) => `${fleet.slice(0, 35)}-bake`

/**
 * The fleet of one node on which an image for a fleet is made: the smallest type of the same architecture, since what is installed
 * depends on no more, from the image that the fleet itself would begin with, without storage and devices.
 */
export async function bakeFleet(
  fleet: FleetSpec,
  { architecture, instanceType }: InstanceFacts,
  base: ImageFacts,
  compute: Pick<Compute, 'typesFor'>,
): Promise<FleetSpec> {
  const types = await compute.typesFor({ ...NEED, architecture })
  const small = types.find((one) => one.ena !== 'unsupported' && one.purchases.includes('on-demand'))
  return {
    ...fleet,
    name: bakeName(fleet.name),
    types: [small?.instanceType ?? instanceType],
    need: null,
    nodes: 1,
    minNodes: 1,
    maxNodes: 1,
    placement: 'none',
    capacity: ['on-demand'],
    reservation: null,
    efa: 'off',
    image: base.id,
    storage: null,
    // Whatever the fleet has: nothing of a bake is left to cost.
    leaseS: fleet.leaseS ?? 3600,
    idleS: null,
  }
}
