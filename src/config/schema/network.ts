import { z } from 'zod'
import { mapping, matching } from './fields.ts'

/** `network:` of a fleet: an existing network by its ids; any part alone, since the others follow from it. */

/** EC2's ids: eight hex digits of old, seventeen since 2016. */
const idOf = (prefix: string, what: string) =>
  matching(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `must be ${what}, such as ${prefix}-0123456789abcdef0`)

/** Groups of one network interface: the quota is 5, and never more than 16 (Amazon VPC User Guide, quotas). */
const MOST_GROUPS = 16
/** More than any region has zones. */
const MOST_SUBNETS = 100

function listOf(item: z.ZodString, most: number, what: string) {
  const error = `must be a list of 1 to ${most} ${what}`
  return z
    .array(item, { error })
    .min(1, { error })
    .max(most, { error })
    .refine((ids) => new Set(ids).size === ids.length, { error: `must name each of the ${what} once` })
}

export const network = z
  .strictObject(
    {
      vpc: idOf('vpc', 'the id of a VPC').optional(),
      subnets: listOf(idOf('subnet', 'the id of a subnet'), MOST_SUBNETS, 'subnet ids').optional(),
      securityGroups: listOf(idOf('sg', 'the id of a security group'), MOST_GROUPS, 'security group ids').optional(),
    },
    mapping,
  )
  .refine((chosen) => Object.values(chosen).some((part) => part !== undefined), {
    error: 'must name a vpc, subnets or securityGroups; leave network out for the one that muster setup made',
  })
  .describe('an existing network, used as it is; any part alone')

export type NetworkFields = z.infer<typeof network>
