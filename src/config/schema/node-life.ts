import { z } from 'zod'
import { LONGEST_S, parseDuration } from '../duration.ts'
import { matching } from './fields.ts'

/** `lease:`, `idle:`, `maxLife:` and `userData:` of a fleet: how long its nodes live, and what they do at their first boot. */

/** Seconds. A week is long enough for whoever goes away; for longer there is `none`. */
const LEAST_S = 5
const MOST_S = 7 * 86_400

/** As long as a job may be given. */
const MOST_LIFE_S = LONGEST_S

function upTo(mostS: number, most: string) {
  const error = `must be none, or a time such as 30m, 2h or 1d, from 5s to ${most}`
  const isLength = (value: string): boolean => {
    if (value === 'none') return true
    const seconds = parseDuration(value)
    return seconds !== null && seconds >= LEAST_S && seconds <= mostS
  }
  return matching(/^(?:none|\d[0-9dhms]*)$/, error).refine(isLength, { error })
}

export const nodeTime = upTo(MOST_S, '7d')
export const nodeLife = upTo(MOST_LIFE_S, '365d')

const USER_DATA = 'must be the text of a script, or a mapping with file'
const FILE = 'must be the path of a script, relative to this file'

export const userData = z.union(
  [matching(/^[^\0]*\S[^\0]*$/, USER_DATA), z.strictObject({ file: matching(/^[^\0]{1,4096}$/, FILE) })],
  { error: USER_DATA },
)
