import { z } from 'zod'
import { MOST_NODES } from '../../core/fleet/spec.ts'

/**
 * The kinds of fields that both files have. Every message ends the sentence "nodes is 0; ...", so it says what is allowed;
 * nothing here changes a value, so that the same schemas make the JSON Schema for editors.
 */

export function wholeNumber(least: number, most: number, why = '') {
  const error = `must be a whole number from ${least} to ${most}${why}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}

export const nodeCount = wholeNumber(1, MOST_NODES, ', the most that EC2 launches all or nothing')
export const taskCount = wholeNumber(1, 4096)

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` })
}

/** For the whole of a file or a mapping in it: what to say where something else stands there. */
export const mapping = {
  error: (issue: { readonly code?: string }) =>
    issue.code === 'invalid_type' ? 'must be a mapping: lines of the form key: value' : undefined,
}

/** Text without NUL, which no program can be given. */
export function text(what: string, most = 200) {
  return matching(/^[^\0]+$/, `must be ${what}`).max(most, { error: `must be ${what}, at most ${most} characters` })
}

/** Text of one shape; `error` says which. */
export function matching(shape: RegExp, error: string) {
  return z.string({ error }).regex(shape, { error })
}

/** In tags, keys of the bucket and names of AWS resources (`muster-<fleet>`). */
export const fleetName = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
  'must be a name of letters, digits, - and _, at most 40 characters',
)

export const region = matching(/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/, 'must be an AWS region such as us-east-1')
export const cloud = oneOf(['sandbox', 'aws'])
export const profile = text('the name of an AWS profile')

/** One, or a list of them. */
export function listOrOne<T extends z.ZodType>(item: T, error: string) {
  return z.union([item, z.array(item, { error })], { error: `${error}, or a list of them` })
}
