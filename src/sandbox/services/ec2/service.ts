import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { openDirectories } from './directories.ts'
import { takeBackTimers } from './life/clockwork.ts'
import { carryOutInterruptions } from './life/interruptions.ts'
import { removeAllDisks } from './life/disks.ts'
import { operations } from './operations.ts'
import { newRegions } from './state/region.ts'
import type { RegionSettings } from './state/region.ts'

/** `bare`: the default networks of regions are as AWS makes them, without endpoints; `none`: their owner deleted them. */
const DEFAULT_VPC_VARIABLE = 'MUSTER_SANDBOX_DEFAULT_VPC'

/** EC2, as far as a fleet's launch, life and end need it, and a person who looks at it. State is per region and in memory. */
export function createEc2(
  world: World,
  settings: RegionSettings = { defaultVpc: defaultVpcFrom(process.env[DEFAULT_VPC_VARIABLE]) },
): Service {
  const regions = newRegions(settings)
  openDirectories(world, regions)
  removeAllDisks(world)
  world.faults.onAdd(() => {
    for (const region of regions.all()) carryOutInterruptions({ world, region })
  })
  return {
    name: 'ec2',
    protocol: { kind: 'ec2', version: '2016-11-15', namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/' },
    operations: new Map(operations.map((bind) => bind(world, regions.get)).map((one) => [one.name, one])),
    close() {
      // Machines are ended by their owner; what waits for the next state would find nothing to move any more.
      for (const region of regions.all()) {
        for (const instance of region.instances.values()) takeBackTimers(instance)
        for (const one of region.capacityReservations.values()) one.takeBack()
      }
      return Promise.resolve()
    },
    sweep() {
      removeAllDisks(world)
      return Promise.resolve()
    },
  }
}

function defaultVpcFrom(value: string | undefined): NonNullable<RegionSettings['defaultVpc']> {
  return value === 'bare' || value === 'none' ? value : 'prepared'
}
