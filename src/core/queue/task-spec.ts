import type { JobSpec, Program } from '../job/spec.ts'
import { combination } from './matrix.ts'
import type { QueuedJob, TaskKey } from './queued-job.ts'

/**
 * Where a task puts what it will need when it is begun again, below the folder of all jobs on the storage (or on the node, where there
 * is no storage): the same for every attempt.
 */
export function checkpointFolder({ job, index }: TaskKey): string {
  return `${job}/checkpoint${index === null ? '' : `/${index}`}`
}

/**
 * What one task of a job runs. It is told its place by variables (`MUSTER_ARRAY_INDEX`, `MUSTER_ATTEMPT`, the names of its matrix), and a command has them as `{index}` and `{name}` too: no shell reads a command's words. The job's
 * own environment wins over its place, and its matrix over both: what a command and its environment are told is the same.
 */
export function taskSpec(job: Pick<QueuedJob, 'spec' | 'matrix'>, index: number | null, attempt: number): JobSpec {
  const cell = index === null ? {} : combination(job.matrix, index)
  const own: Record<string, string> = {
    ...(index === null ? {} : { MUSTER_ARRAY_INDEX: String(index) }),
    MUSTER_ATTEMPT: String(attempt),
  }
  const words = index === null ? cell : { index: String(index), ...cell }
  return { ...job.spec, program: filled(job.spec.program, words), env: { ...own, ...job.spec.env, ...cell } }
}

function filled(program: Program, values: Readonly<Record<string, string>>): Program {
  if (program.kind === 'script') return program
  const fill = (word: string) =>
    word.replaceAll(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name]! : whole,
    )
  return { kind: 'argv', words: program.words.map(fill) }
}
