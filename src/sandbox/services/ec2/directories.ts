import type { InstanceDirectory, InstanceSummary, NetworkDirectory, World } from '../../world.ts'
import { stateOf } from './life/transitions.ts'
import { addManagedInterface, removeManagedInterface } from './managed-interface.ts'
import type { Instance } from './state/instance.ts'
import type { Regions } from './state/region.ts'
import { allowsAllOfItself, allowsLustre } from './state/security-group.ts'

/** What the other services may see of EC2. They see what is, without the lag of describe calls. */
export function openDirectories(world: World, regions: Regions): void {
  world.directories.instances = instances(regions)
  world.directories.networks = networks(world, regions)
}

function instances(regions: Regions): InstanceDirectory {
  return {
    find: (region, id) => {
      const instance = regions.get(region).instances.get(id)
      return instance === undefined ? undefined : summary(instance)
    },
    list: (region) => [...regions.get(region).instances.values()].map(summary),
    machine: (region, id) => regions.get(region).instances.get(id)?.life.machine ?? undefined,
  }
}

function summary(instance: Instance): InstanceSummary {
  return {
    instanceId: instance.id,
    state: stateOf(instance),
    tags: instance.tags.current,
    privateIp: instance.privateIp,
    hostname: instance.hostname,
    instanceProfile: instance.profile?.name ?? null,
  }
}

function networks(world: World, regions: Regions): NetworkDirectory {
  return {
    subnet: (region, id) => {
      const subnet = regions.get(region).subnets.get(id)
      return subnet === undefined ? undefined : { vpcId: subnet.vpcId, zone: subnet.zone.name }
    },
    securityGroup: (region, id) => {
      const group = regions.get(region).securityGroups.get(id)
      if (group === undefined) return undefined
      const { vpcId } = group
      return { vpcId, allowsLustre: () => allowsLustre(group), allowsAllOfItself: () => allowsAllOfItself(group) }
    },
    addInterface(regionName, subnetId, groupIds, description) {
      const region = regions.get(regionName)
      const subnet = region.subnets.get(subnetId)
      if (subnet === undefined) throw new Error(`there is no subnet ${subnetId} in ${regionName}`)
      const added = addManagedInterface(
        region,
        { subnet, groupIds, description, requester: 'amazon-fsx' },
        world.clock.now(),
      )
      return {
        id: added.id,
        privateIp: added.privateIp ?? '',
        remove: () => removeManagedInterface(region, added.id),
      }
    },
  }
}
