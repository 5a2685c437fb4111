import { z } from 'zod'

const USD = 'must be an amount of US dollars from 0 to 1000000, such as 25 or 7.50'
const usd = z.number({ error: USD }).min(0, { error: USD }).max(1_000_000, { error: USD })

/** `limits:` of the file: all its fleets together. */
export const projectLimits = z
  .strictObject(
    { perHour: usd.optional(), perJob: usd.optional(), total: usd.optional() },
    { error: 'must be a mapping with perHour, perJob or total' },
  )
  .describe('what all fleets together may cost, in US dollars')

/** `limits:` of a fleet, in US dollars; what is left out is not limited. */
export const limits = z
  .strictObject(
    { perHour: usd.optional(), perJob: usd.optional(), total: usd.optional(), confirmAbove: usd.optional() },
    { error: 'must be a mapping with perHour, perJob, total or confirmAbove' },
  )
  .describe('what a fleet may cost, in US dollars')
