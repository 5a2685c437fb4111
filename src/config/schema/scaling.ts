import { z } from 'zod'
import { SCALING_METRICS } from '../../core/scaling/policy.ts'
import { nearest } from '../../kit/nearest.ts'
import { parseDuration } from '../duration.ts'
import { mapping, matching, oneOf, wholeNumber } from './fields.ts'

/** `scaling:` of a fleet, in the words of EC2 Auto Scaling. What goes with what is looked at in `scaling-conflicts.ts`. */

/** EC2's ChangeInCapacity, ExactCapacity and PercentChangeInCapacity. */
const CHANGE = 'must be a mapping with one of add, exact and percent, such as {add: 4}'
const change = z
  .strictObject(
    {
      add: wholeNumber(-1000, 1000).optional(),
      exact: wholeNumber(0, 1000).optional(),
      percent: wholeNumber(-100, 1000).optional(),
    },
    mapping,
  )
  .refine((value) => Object.values(value).filter((one) => one !== undefined).length === 1, { error: CHANGE })

const DISTANCE = 'must be a number, the distance from the threshold'
const distance = z.number({ error: DISTANCE })
const step = z.strictObject({ from: distance.optional(), to: distance.optional(), change }, mapping)

const STEPS = 'must be a list of 1 to 20 steps, such as {from: 0, change: {add: 4}}'
// As many as EC2 takes for one policy (EC2 Auto Scaling User Guide, "Quotas": step adjustments per scaling policy, 20).
const MOST_STEPS = 20

const COOLDOWN = 'must be a time such as 90s, 5m or 1h, at most 1d'
const cooldown = matching(/^\d[0-9dhms]*$/, COOLDOWN).refine((text) => (parseDuration(text) ?? Infinity) <= 86_400, {
  error: COOLDOWN,
})

const ZONE = 'must be a time zone such as Europe/Berlin or UTC'

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function sayZone(name: unknown): string {
  const near = typeof name === 'string' ? nearest(name, Intl.supportedValuesOf('timeZone'), 1)[0] : undefined
  return near === undefined ? ZONE : `${ZONE}; did you mean "${near}"?`
}

const CRON = 'must be a cron expression of five fields, such as 0 7 * * 1-5 (minute, hour, day, month, weekday)'
const nodes = wholeNumber(0, 1000)

const schedule = z
  .strictObject(
    {
      cron: matching(/^[^\0\n]{1,200}$/, CRON),
      timeZone: z
        .string({ error: ZONE })
        .refine(isTimeZone, { error: ({ input }) => sayZone(input) })
        .optional(),
      min: nodes.optional(),
      max: nodes.optional(),
    },
    mapping,
  )
  .refine(({ min, max }) => min !== undefined || max !== undefined, { error: 'must say min, max, or both' })

const SCHEDULES = 'must be a list of 2 to 125 schedules, such as {cron: 0 7 * * 1-5, timeZone: Europe/Berlin, min: 4}'
// As many scheduled actions as EC2 takes for one group (the same page).
const MOST_SCHEDULES = 125

const METRIC_VALUE = 'must be a number above 0'
const THRESHOLD = 'must be a number from 0 on'

export const scaling = z
  .strictObject(
    {
      policy: oneOf(['queue', 'target-tracking', 'step', 'simple']).optional(),
      metric: oneOf(SCALING_METRICS).optional(),
      target: z.number({ error: METRIC_VALUE }).gt(0, { error: METRIC_VALUE }).optional(),
      threshold: z.number({ error: THRESHOLD }).min(0, { error: THRESHOLD }).optional(),
      steps: z.array(step, { error: STEPS }).min(1, { error: STEPS }).max(MOST_STEPS, { error: STEPS }).optional(),
      change: change.optional(),
      cooldown: cooldown.optional(),
      schedules: z
        .array(schedule, { error: SCHEDULES })
        .min(2, { error: `${SCHEDULES}; a single one would hold for ever, as nodes.min and nodes.max do` })
        .max(MOST_SCHEDULES, { error: SCHEDULES })
        .optional(),
    },
    mapping,
  )
  .describe('how the size of the fleet follows its work')

export type ScalingFields = z.infer<typeof scaling>
export type ChangeFields = z.infer<typeof change>
