import { z } from 'zod'
import { MOST_TASKS, parseArray } from '../array.ts'
import { listOrOne, matching, wholeNumber } from './fields.ts'

/** The keys of a job file that only the queue reads: `muster submit`. */

const ARRAY = `must be indices such as 0-99, 1,3,5-9 or 0-99%8 (at most 8 at once), at most ${MOST_TASKS} of them`
const array = matching(/^[\d,:%-]+$/, ARRAY).refine((text) => parseArray(text) !== null, { error: ARRAY })

const AXIS = 'must be a name of letters, digits and _, no digit first'
const VALUES = 'must be a list of values, or a range such as 1..5'
const value = z.union([z.string(), z.number(), z.boolean()], { error: VALUES })
const matrix = z.record(
  matching(/^[A-Za-z_][A-Za-z0-9_]*$/, AXIS),
  z.union([value, z.array(value).min(1, { error: VALUES })], { error: VALUES }),
  {
    error: 'must be a mapping of names to lists of values',
  },
)

const AFTER =
  'must be a job id such as heat-20261123-143205-k7f2, or a job of the same file, with :ok (all of it done) or :any (ended)'
const after = matching(/^[a-z0-9][a-z0-9-]*(?::(?:ok|any))?$/, AFTER)

const times = wholeNumber(0, 1000)
const retries = z.union(
  [times, z.strictObject({ exit: times.optional(), node: times.optional(), spot: times.optional() })],
  { error: 'must be how often, from 0 to 1000, or a mapping with exit, node and spot' },
)

export const queueFields = {
  array: array.optional(),
  matrix: matrix.optional(),
  after: listOrOne(after, AFTER).optional(),
  priority: wholeNumber(-1000, 1000).optional(),
  share: z.boolean({ error: 'must be true or false' }).optional(),
  retries: retries.optional(),
}
