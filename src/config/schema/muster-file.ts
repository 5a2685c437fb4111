import { z } from 'zod'
import { nodeLife, nodeTime, userData } from './node-life.ts'
import { capacityFields } from './capacity.ts'
import { cloud, fleetName, mapping, matching, oneOf, profile, region } from './fields.ts'
import { storage } from './storage.ts'
import { limits, projectLimits } from './limits.ts'
import { scaling } from './scaling.ts'
import { tags } from './tags.ts'
import { network } from './network.ts'

/** `muster.yaml`: which cloud, and the fleets. Whatever a fleet leaves out it has from the built-in one. */

const fleet = z.strictObject(
  {
    ...capacityFields,
    efa: oneOf(['auto', 'required', 'off']).optional(),
    image: matching(
      /^[A-Za-z0-9/_.:-]{1,2048}$/,
      'must be auto, an AMI id such as ami-0123456789abcdef0, or the name of a public SSM parameter',
    ).optional(),
    instanceProfile: matching(
      /^[A-Za-z0-9+=,.@_-]{1,128}$/,
      'must be the name of an instance profile (letters, digits and +=,.@_-), or none',
    ).optional(),
    network: network.optional(),
    lease: nodeTime.optional(),
    idle: nodeTime.optional(),
    maxLife: nodeLife.optional(),
    badNodes: oneOf(['replace', 'keep']).optional(),
    userData: userData.optional(),
    tags: tags.optional(),
    limits: limits.optional(),
    scaling: scaling.optional(),
    storage: storage.optional(),
  },
  mapping,
)

export const musterFile = z.strictObject(
  {
    cloud: cloud.optional(),
    region: region.optional(),
    profile: profile.optional(),
    defaultFleet: fleetName.optional(),
    limits: projectLimits.optional(),
    fleets: z.record(fleetName, fleet, { error: 'must be a mapping of fleet names' }).optional(),
  },
  mapping,
)

export type MusterFile = z.infer<typeof musterFile>
export type FleetFields = z.infer<typeof fleet>
