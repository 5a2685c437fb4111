import { MusterError } from '../core/errors/muster-error.ts'
import { parseDuration } from './duration.ts'
import { showValue } from './show-value.ts'

/**
 * What `--since` says, in milliseconds since the epoch: `7d` before now, or a day or time such as `2026-11-01` or
 * `2026-11-01T08:00Z`, in UTC where no zone is named; null where it is not given.
 *
 * @throws MusterError UsageInvalid.
 */
export function since(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  const seconds = parseDuration(text)
  if (seconds !== null) return now - seconds * 1000
  const at = dayOrTime(text)
  if (at !== null) return at
  throw new MusterError(
    'UsageInvalid',
    `--since ${showValue(text)} is not right; it must be a time such as 12h or 7d, or a day such as 2026-11-01`,
    { suggestions: ['--since 7d', '--since 2026-11-01'] },
  )
}

/** A day, or a time of a day; null for text that is none. A time without a zone is in UTC, as a day is. */
export function dayOrTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text)
  if (!match) return null
  const at = Date.parse(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? 'Z'}`)
  return Number.isNaN(at) ? null : at
}
