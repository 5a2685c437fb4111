import type { z } from 'zod'
import { nearest } from '../kit/nearest.ts'
import type { Path, YamlText } from './parse-yaml.ts'
import { problemAt, type Problem } from './problem.ts'
import { keysAt } from './schema-keys.ts'
import { showValue } from './show-value.ts'

export type Checked<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly Problem[] }

/** Checks a YAML text against a schema; every problem gets the place where it is written. */
export function check<T>(yaml: YamlText, schema: z.ZodType<T>): Checked<T> {
  if (yaml.problems.length > 0) return { value: null, problems: yaml.problems }
  const result = schema.safeParse(yaml.value ?? {})
  if (result.success) return { value: result.data, problems: [] }
  return { value: null, problems: result.error.issues.flatMap((issue) => explain(issue, [], yaml, schema)) }
}

type Issue = z.core.$ZodIssue

function explain(issue: Issue, above: Path, yaml: YamlText, schema: z.ZodType): Problem[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, yaml, schema))
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message ?? issue.message
    const shown = `name ${showValue(String(path.at(-1)))}${inside(path.slice(0, -1))}`
    return [problemAt(yaml.file, yaml.keyAt(path), `${shown} is not allowed; it ${why}`)]
  }
  const meant = issue.code === 'invalid_union' ? meantBranch(issue.errors) : null
  if (meant !== null) return meant.flatMap((deeper) => explain(deeper, path, yaml, schema))
  return [
    problemAt(yaml.file, yaml.at(path), `${called(path)} ${isWhat(valueAt(yaml.value, path))}; it ${issue.message}`),
  ]
}

/** The one alternative whose kind fits, so that only something inside of it is wrong; null where none fits. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  return branches.find((issues) => issues.length > 0 && issues.every(isInside)) ?? null
}

function isInside(issue: Issue): boolean {
  if (issue.path.length > 0) return true
  if (issue.code === 'invalid_union') return meantBranch(issue.errors) !== null
  return issue.code !== 'invalid_type' && issue.code !== 'invalid_value'
}

function unknownKey(key: string, path: Path, yaml: YamlText, schema: z.ZodType): Problem {
  const known = keysAt(schema, path)
  const near = nearest(key, known, 1)[0]
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean "${near}"?`
  return problemAt(yaml.file, yaml.keyAt([...path, key]), `unknown key ${showValue(key)}${inside(path)}; ${hint}`)
}

const inside = (path: Path) => (path.length === 0 ? '' : ` in ${called(path)}`)

/** `fleets.hpc.scaling.steps[1]`: a path as messages name it. */
export function called(path: Path): string {
  if (path.length === 0) return 'the file'
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${plain(String(part))}`))
    .join('')
    .replace(/^\./, '')
}

const plain = (part: string) => (/^[\w-]+$/.test(part) ? part : showValue(part))

const isWhat = (value: unknown) => (value === undefined ? 'is missing' : `is ${showValue(value)}`)

function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = (here as Record<PropertyKey, unknown>)[part]
  }
  return here
}
