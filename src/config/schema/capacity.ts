import { z } from 'zod'
import { PURCHASES } from '../../core/capacity/rung.ts'
import { PLACEMENTS } from '../../core/fleet/placement.ts'
import { parseMemoryMiB } from '../memory.ts'
import { mapping, matching, nodeCount, oneOf, wholeNumber } from './fields.ts'

/** Which machines a fleet has, how many, where, and how they are bought. */

const TYPE = 'must be an EC2 instance type such as hpc7g.16xlarge'
const TYPES = `${TYPE}, a list of them, or a mapping of what they need: cores, memory, architecture, gpus`
const typeName = matching(/^[^\s\0]{1,64}$/, TYPE)

const MEMORY = 'must be a size such as 256 GiB'

const need = z
  .strictObject(
    {
      cores: wholeNumber(1, 1024).optional(),
      memory: z
        .string({ error: MEMORY })
        .refine((text) => parseMemoryMiB(text) !== null, { error: MEMORY })
        .optional(),
      architecture: oneOf(['x86_64', 'arm64']).optional(),
      gpus: wholeNumber(1, 64).optional(),
    },
    mapping,
  )
  .refine((value) => Object.keys(value).length > 0, {
    error: 'must say at least one of cores, memory, architecture and gpus',
  })
  .describe('what every instance type must have at least')

const nodeRange = z
  .strictObject({ min: wholeNumber(0, 1000).optional(), max: nodeCount }, mapping)
  .refine(({ min, max }) => min === undefined || min <= max, { error: 'must have a min that is not above its max' })

const ZONE = 'must be an availability zone such as us-east-1a'
const zone = matching(/^[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}[a-z]$/, ZONE)

const PURCHASE = `must be ${PURCHASES.slice(0, -1).join(', ')} or ${PURCHASES.at(-1)}`

export const capacityFields = {
  type: z.union([typeName, list(typeName, TYPES), need], { error: TYPES }).optional(),
  nodes: z
    .union([nodeCount, nodeRange], {
      error:
        'must be a whole number from 1 to 1000, the most that EC2 launches all or nothing, or a mapping with min and max',
    })
    .optional(),
  placement: oneOf(PLACEMENTS).optional(),
  capacity: z
    .union([oneOf(PURCHASES), list(oneOf(PURCHASES), `${PURCHASE}, or a list of them`)], {
      error: `${PURCHASE}, or a list of them`,
    })
    .optional(),
  reservation: matching(
    /^cr-[0-9a-f]{8,17}$/,
    'must be the id of a capacity reservation or capacity block, such as cr-0123456789abcdef0',
  ).optional(),
  order: oneOf(['listed', 'price']).optional(),
  zones: z
    .union([z.literal('auto'), list(zone, 'must be auto, or a list of availability zones such as us-east-1a')], {
      error: 'must be auto, or a list of availability zones such as us-east-1a',
    })
    .optional(),
}

/** At least one, each once: an order of trying has no repeats. */
function list<T extends z.ZodType>(item: T, error: string) {
  return z
    .array(item, { error })
    .min(1, { error: 'must name at least one' })
    .max(50, { error: 'must name at most 50' })
    .refine((items) => new Set(items).size === items.length, { error: 'must name each one once' })
}

const fields = z.strictObject(capacityFields)
export type CapacityFields = z.infer<typeof fields>
