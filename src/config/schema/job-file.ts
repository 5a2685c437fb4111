import { z } from 'zod'
import { NOTICE_SIGNALS } from '../../core/job/spec.ts'
import { LONGEST_S, parseDuration } from '../duration.ts'
import { splitWords } from '../split-words.ts'
import { fleetName, listOrOne, mapping, matching, nodeCount, oneOf, taskCount, text } from './fields.ts'
import { queueFields } from './queue.ts'

/** A job file, and with it what the flags of `muster run` may say. `command` or `script`: the loader sees to it. */

const WORDS = 'must be a command: text, or a list with one word an item'
const word = z.union([matching(/^[^\0]*$/, 'may not have a NUL byte'), z.number(), z.boolean()], { error: WORDS })

const words = z
  .union([matching(/^[^\0]*$/, 'may not have a NUL byte'), z.array(word, { error: WORDS })], { error: WORDS })
  .superRefine((value, context) => {
    const split = typeof value === 'string' ? splitWords(value) : ({ ok: true, words: value } as const)
    if (!split.ok) context.addIssue({ code: 'custom', message: `has ${split.problem} (its character ${split.column})` })
    else if (split.words.length === 0) context.addIssue({ code: 'custom', message: 'must have at least one word' })
    else if (split.words[0] === '') context.addIssue({ code: 'custom', message: 'must start with a program' })
  })

const script = matching(/^[^\0]*\S[^\0]*$/, 'must be the text of a shell script')

const PREPARE = 'must be a command, or a mapping with script'
const prepare = z.union([words, z.strictObject({ script })], { error: PREPARE })

const variable = matching(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a name of letters, digits and _, no digit first')
const VALUE = 'must be text, a number, true or false ("" for an empty value)'
const setting = z.union([matching(/^[^\0]*$/, 'may not have a NUL byte'), z.number(), z.boolean()], { error: VALUE })

const LIMIT = 'must be a time such as 90s, 10m, 2h or 1d, from 1s to 365d'
const timeLimit = matching(/^\d[0-9dhms]*$/, LIMIT).refine(isTimeLimit, { error: LIMIT })

function isTimeLimit(value: string): boolean {
  const seconds = parseDuration(value)
  return seconds !== null && seconds >= 1 && seconds <= LONGEST_S
}

const notice = z.strictObject({ signal: oneOf(NOTICE_SIGNALS) }, mapping)

const OUTPUT = 'must be a pattern inside the work directory: relative, without .., on one line'
const output = z.string({ error: OUTPUT }).refine(isInside, { error: OUTPUT })

function isInside(pattern: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (pattern.trim() === '' || pattern.startsWith('/') || /[\0-\x1f\x7f]/.test(pattern)) return false
  return !pattern.split('/').includes('..')
}

const IGNORE = 'must be a pattern as in .gitignore'

export const jobFile = z.strictObject(
  {
    name: text('a name').optional(),
    fleet: fleetName.optional(),
    launcher: oneOf(['mpi', 'torchrun', 'shell']).optional(),
    nodes: nodeCount.optional(),
    tasksPerNode: taskCount.optional(),
    command: words.optional(),
    script: script.optional(),
    prepare: prepare.optional(),
    env: z.record(variable, setting, { error: 'must be a mapping of names to values' }).optional(),
    workdir: text('a folder, or none', 4096).optional(),
    ignore: listOrOne(text(IGNORE.slice('must be '.length), 4096), IGNORE).optional(),
    outputs: listOrOne(output, OUTPUT).optional(),
    timeLimit: timeLimit.optional(),
    notice: notice.optional(),
    ...queueFields,
  },
  mapping,
)

export type JobFile = z.infer<typeof jobFile>
