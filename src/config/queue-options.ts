import { combinations, type Matrix } from '../core/queue/matrix.ts'
import { RETRIES, type Dependency, type RetryPolicy } from '../core/queue/queued-job.ts'
import { MOST_TASKS, parseArray } from './array.ts'
import { axisOf, axisProblem, parseAxis } from './matrix.ts'
import type { Path, YamlText } from './parse-yaml.ts'
import { problemAt, problemOf, type Problem } from './problem.ts'
import { jobFile, type JobFile } from './schema/job-file.ts'
import { showValue } from './show-value.ts'

/** What the queue is told of a job beside the job itself. */
export interface QueueOptions {
  readonly array: readonly number[] | null
  readonly matrix: Matrix
  readonly atOnce: number | null
  readonly priority: number
  readonly after: readonly Dependency[]
  readonly share: boolean
  readonly retries: RetryPolicy
}

/** Flags of `muster submit`, unchecked; each wins over the same key of the file. */
export interface QueueFlags {
  readonly array?: string | undefined
  /** `lr=0.1,0.01` or `seed=1..5`. */
  readonly matrix?: readonly string[] | undefined
  readonly after?: readonly string[] | undefined
  readonly priority?: number | undefined
  readonly share?: boolean | undefined
  readonly retries?: number | undefined
}

/** The file's keys with the flags over them, and what is wrong with the flags or does not go together. */
export function queueOptions(
  file: JobFile,
  flags: QueueFlags,
  nodes: number,
  yaml: YamlText,
): { readonly options: QueueOptions; readonly inFile: readonly Problem[]; readonly inFlags: readonly Problem[] } {
  const matrix = matrixOf(file, flags, yaml)
  const parsed = parseArray(flags.array ?? file.array ?? '')
  const share = flags.share ?? file.share ?? false
  const options = {
    array: matrix.length > 0 ? indicesOf(matrix) : (parsed?.indices ?? null),
    matrix,
    atOnce: parsed?.atOnce ?? null,
    priority: flags.priority ?? file.priority ?? 0,
    after: (flags.after ?? [file.after ?? []].flat()).map(dependency),
    share,
    retries: retriesOf(flags.retries ?? file.retries),
  }
  const found = conflicts(options, parsed !== null, nodes, yaml)
  const inFile = found.filter(({ position }) => position !== null)
  const inFlags = found.filter(({ position }) => position === null)
  return { options, inFile, inFlags: [...flagProblems(flags), ...inFlags] }
}

function indicesOf(matrix: Matrix): number[] {
  return Array.from({ length: Math.min(combinations(matrix), MOST_TASKS) }, (_, index) => index)
}

/** What no single key shows: keys that do not go together; at the key that says so, where the file does. */
function conflicts({ matrix, share }: QueueOptions, hasArray: boolean, nodes: number, yaml: YamlText): Problem[] {
  const cells = combinations(matrix)
  const found: (readonly [key: string, text: string])[] = []
  const axes = matrix.flatMap((axis) => axisProblem(axis) ?? [])
  const names = matrix.map(({ name }) => name)
  const twice = names.filter((name, nth) => names.indexOf(name) !== nth)
  found.push(...axes.map((text) => ['matrix', text] as const))
  found.push(...twice.map((name) => ['matrix', `${name} is there twice; write all of its values at once`] as const))
  if (hasArray && matrix.length > 0) found.push(['matrix', 'array and matrix exclude each other; leave one out'])
  if (cells > MOST_TASKS)
    found.push(['matrix', `the matrix has ${cells} combinations; at most ${MOST_TASKS} are taken`])
  if (share && nodes > 1) found.push(['share', `tasks that share a node have one node, not ${nodes}`])
  return found.map(([key, text]) => {
    const isWritten = Object.hasOwn((yaml.value as object | null) ?? {}, key)
    return isWritten ? problemAt(yaml.file, yaml.keyAt([key]), text) : problemOf('job', text)
  })
}

function flagProblems(flags: QueueFlags): Problem[] {
  const checks: readonly (readonly [string, 'array' | 'after' | 'priority' | 'retries', unknown])[] = [
    ['--array', 'array', flags.array],
    ['--after', 'after', flags.after === undefined ? undefined : [...flags.after]],
    ['--priority', 'priority', flags.priority],
    ['--retries', 'retries', flags.retries],
  ]
  const wrong = checks.flatMap(([flag, key, value]) => {
    const result = jobFile.shape[key].safeParse(value)
    if (result.success) return []
    return [problemOf(flag, `${showValue(String(value))} is not right; it ${result.error.issues[0]!.message}`)]
  })
  const axes = (flags.matrix ?? []).filter((text) => parseAxis(text) === null)
  return [
    ...wrong,
    ...axes.map((text) =>
      problemOf('--matrix', `${showValue(text)} is not right; it must be NAME=VALUE,VALUE or NAME=1..5`),
    ),
  ]
}

function matrixOf(file: JobFile, flags: QueueFlags, yaml: YamlText): Matrix {
  if (flags.matrix !== undefined) return flags.matrix.flatMap((text) => parseAxis(text) ?? [])
  return Object.entries(file.matrix ?? {}).map(([name, values]) => {
    const path = ['matrix', name]
    const written = Array.isArray(values)
      ? values.map((value, at) => shown(value, yaml, [...path, at]))
      : [shown(values, yaml, path)]
    return axisOf(name, written)
  })
}

/** Numbers as they are written: `0.10` stays `0.10`. */
function shown(value: string | number | boolean, yaml: YamlText, path: Path): string {
  return typeof value === 'string' ? value : (yaml.source(path) ?? String(value))
}

function dependency(text: string): Dependency {
  const [job = '', on] = text.split(':')
  return { job, on: on === 'any' ? 'any' : 'ok' }
}

function retriesOf(written: JobFile['retries']): RetryPolicy {
  if (written === undefined) return RETRIES
  if (typeof written === 'number') return { ...RETRIES, exit: written, node: Math.max(written, RETRIES.node) }
  return { exit: written.exit ?? RETRIES.exit, node: written.node ?? RETRIES.node, spot: written.spot ?? RETRIES.spot }
}
