import { MusterError } from '../core/errors/muster-error.ts'
import { parseDuration } from './duration.ts'
import { showValue } from './show-value.ts'

/** A week: nobody's laptop waits longer. */
const LONGEST_S = 7 * 86_400

/**
 * What `--wait-capacity` says, in milliseconds; null where it is not given.
 *
 * @throws MusterError UsageInvalid.
 */
export function waitCapacityMs(text: string | undefined): number | null {
  if (text === undefined) return null
  const seconds = parseDuration(text)
  if (seconds !== null && seconds >= 1 && seconds <= LONGEST_S) return seconds * 1000
  throw new MusterError(
    'UsageInvalid',
    `--wait-capacity ${showValue(text)} is not right; it must be a time such as 90s, 30m or 2h, from 1s to 7d`,
    { suggestions: ['--wait-capacity 30m'] },
  )
}
