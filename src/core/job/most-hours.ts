import type { JobSpec } from './spec.ts'

/** For how many hours a job may hold its nodes: `prepare` has the time limit too, by itself. Null is a job without a limit. */
export function mostHours({ timeLimitS, prepare }: Pick<JobSpec, 'timeLimitS' | 'prepare'>): number | null {
  return timeLimitS === null ? null : (timeLimitS * (prepare === null ? 1 : 2)) / 3600
}
