import type { Ec2Call } from '../context.ts'
import { newId, resource } from '../state/resource.ts'
import type { Volume } from '../state/volume.ts'
import type { LaunchPlan } from './plan.ts'

/** The volumes of one new instance. */
export function makeVolumes(plan: LaunchPlan, instanceId: string, { region, now }: Ec2Call): readonly Volume[] {
  return plan.volumes.map((planned) => {
    const made: Volume = {
      ...resource('volume', newId('vol-'), now, plan.volumeTags),
      zone: plan.subnet.zone.name,
      sizeGiB: planned.sizeGiB,
      type: planned.type,
      iops: planned.iops,
      throughput: planned.throughput,
      encrypted: planned.encrypted,
      snapshotId: planned.snapshotId,
      attachment: {
        instanceId,
        device: planned.device,
        deleteOnTermination: planned.deleteOnTermination,
        attachedAt: now,
      },
    }
    region.volumes.set(made.id, made)
    return made
  })
}
