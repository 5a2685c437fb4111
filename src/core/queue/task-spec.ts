import type { JobSpec, Program } from '../job/spec.ts'
import { combination } from './matrix.ts'
import type { QueuedJob } from './queued-job.ts'

/** Where tasks put what they will need when they are begun again: below the shared storage's mount point. */
export function checkpointFolder(job: Pick<QueuedJob, 'id'>, index: number | null, mountPoint: string | null): string {
  const place = `jobs/${job.id}/checkpoint${index === null ? '' : `/${index}`}`
  return `${mountPoint ?? '/var/lib/muster'}/${place}`
}

/**
 * What one task of a job runs. It is told its place by variables (`MUSTER_ARRAY_INDEX`, `MUSTER_ATTEMPT`, `MUSTER_CHECKPOINT_DIR`, the names
 * of its matrix), and a command has them as `{index}` and `{name}` too: no shell reads a command's words. The job's own environment wins.
 */
export function taskSpec(
  job: Pick<QueuedJob, 'id' | 'spec' | 'matrix'>,
  index: number | null,
  attempt: number,
  mountPoint: string | null,
): JobSpec {
  const cell = index === null ? {} : combination(job.matrix, index)
  const own: Record<string, string> = {
    ...(index === null ? {} : { MUSTER_ARRAY_INDEX: String(index) }),
    MUSTER_ATTEMPT: String(attempt),
    MUSTER_CHECKPOINT_DIR: checkpointFolder(job, index, mountPoint),
    ...cell,
  }
  const words = index === null ? cell : { index: String(index), ...cell }
  return { ...job.spec, program: filled(job.spec.program, words), env: { ...own, ...job.spec.env } }
}

function filled(program: Program, values: Readonly<Record<string, string>>): Program {
  if (program.kind === 'script') return program
  const fill = (word: string) =>
    word.replaceAll(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name]! : whole,
    )
  return { kind: 'argv', words: program.words.map(fill) }
}
