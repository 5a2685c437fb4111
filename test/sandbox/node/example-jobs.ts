import { execFileSync } from 'node:child_process'
import { loadJob } from '../../../src/config/load-job.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'

/** A job of `jobs/` as the command line would load it, and its folder as an archive. */
export async function exampleJob(name: string): Promise<{ spec: JobSpec; archive: Buffer | null }> {
  const file = new URL(`../../../jobs/${name}.yaml`, import.meta.url).pathname
  const { spec } = await loadJob({ file, words: null, overrides: {}, cwd: '/', fleetNodes: () => 4 })
  const archive = spec.workdir === null ? null : execFileSync('tar', ['-cz', '-C', spec.workdir, '.'])
  return { spec, archive }
}
