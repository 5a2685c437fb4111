import { z } from 'zod'
import { MOST_USER_TAGS, tagKeyProblem, tagValueProblem } from '../../core/fleet/tags.ts'

/** `tags:` of a fleet: on everything that is made for it. */
const TAGS = `must be a mapping of at most ${MOST_USER_TAGS} tags: key: value`

const key = z.string().superRefine((value, context) => {
  const problem = tagKeyProblem(value)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

const value = z.string({ error: 'must be text (quote a number: "7")' }).superRefine((text, context) => {
  const problem = tagValueProblem(text)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

export const tags = z
  .record(key, value, { error: TAGS })
  .refine((all) => Object.keys(all).length <= MOST_USER_TAGS, { error: TAGS })
