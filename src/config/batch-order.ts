import { isJobId } from '../core/job/id.ts'
import { nearest } from '../kit/nearest.ts'
import { isMapping } from './job-in-batch.ts'
import type { Path, YamlText } from './parse-yaml.ts'
import { problemAt, type Problem } from './problem.ts'
import { showValue } from './show-value.ts'

/** One entry of an `after`: which job of the file waits for what, and where that is written. */
interface Wait {
  readonly job: string
  readonly on: string
  readonly path: Path
}

/** What `after` of a batch's jobs names and nobody knows, and jobs that wait for each other in a circle: none of them would ever run. */
export function orderProblems(yaml: YamlText): Problem[] {
  const jobs = (yaml.value as { readonly jobs: unknown }).jobs
  if (!isMapping(jobs)) return []
  const names = Object.keys(jobs)
  const waits = names.flatMap((job) => waitsOf(job, jobs[job]))
  const unknown = waits.filter(({ on }) => !names.includes(on) && !isJobId(on))
  return [...unknown.map((wait) => unknownProblem(wait, names, yaml)), ...circles(waits, yaml)]
}

function waitsOf(job: string, written: unknown): Wait[] {
  const after = isMapping(written) ? written['after'] : undefined
  const path = ['jobs', job, 'after']
  const entries = Array.isArray(after)
    ? after.map((on: unknown, at) => ({ on, path: [...path, at] }))
    : [{ on: after, path }]
  return entries.flatMap((entry) =>
    typeof entry.on === 'string' ? [{ job, on: entry.on.split(':')[0] ?? '', path: entry.path }] : [],
  )
}

function unknownProblem({ job, on, path }: Wait, names: readonly string[], yaml: YamlText): Problem {
  const others = names.filter((name) => name !== job)
  const near = nearest(on, others, 1)[0]
  const hint = near === undefined ? `jobs of it are ${names.join(', ')}` : `did you mean "${near}"?`
  return problemAt(yaml.file, yaml.at(path), `${showValue(on)} is no job of this file, and no id of a job; ${hint}`)
}

/** Each circle once, at the entry that closes it in the order of the file. */
function circles(waits: readonly Wait[], yaml: YamlText): Problem[] {
  const problems: Problem[] = []
  const done = new Set<string>()
  const visit = (job: string, way: readonly string[]): void => {
    for (const wait of waits.filter((one) => one.job === job)) {
      const from = way.indexOf(wait.on)
      if (from >= 0) {
        const round = [...way.slice(from), wait.on].map((name) => showValue(name)).join(' waits for ')
        problems.push(problemAt(yaml.file, yaml.at(wait.path), `${round}: none of them would ever run`))
      } else if (!done.has(wait.on)) visit(wait.on, [...way, wait.on])
    }
    done.add(job)
  }
  for (const { job } of waits) if (!done.has(job)) visit(job, [job])
  return problems
}
