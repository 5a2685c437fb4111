import { MusterError } from '../core/errors/muster-error.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { assembleJob } from './assemble-job.ts'
import { check } from './check.ts'
import type { JobRequest, LoadedJob } from './job-request.ts'
import { readSource, type JobSource } from './job-source.ts'
import { isBatch, loadBatch } from './load-batch.ts'
import { refuse } from './problem.ts'
import { jobFile } from './schema/job-file.ts'

export type { JobOverrides, JobRequest, LoadedJob } from './job-request.ts'

/**
 * A job from a file, from words after `--`, or both, with the flags over it. An ad-hoc job (no file) is an mpi job on all
 * nodes of the fleet, one task a node, named after its program; it sends no folder unless `--workdir` names one.
 *
 * Throws JobFileMissing, JobFileInvalid, or UsageInvalid where only flags are wrong, with every problem at once, and where the file
 * holds several jobs.
 */
export async function loadJob(request: JobRequest): Promise<LoadedJob> {
  const source = await readSource(request)
  if (isBatch(source)) throw severalJobs(request.file ?? '')
  return loadOne(source, request)
}

/** A job, or the jobs of a file that holds several, by their names in it. */
export type LoadedJobs =
  | { readonly kind: 'job'; readonly job: LoadedJob }
  | { readonly kind: 'batch'; readonly jobs: ReadonlyMap<string, LoadedJob> }

/** As loadJob, for who takes several jobs too. */
export async function loadJobs(request: JobRequest): Promise<LoadedJobs> {
  const source = await readSource(request)
  if (isBatch(source)) return { kind: 'batch', jobs: await loadBatch(source, request) }
  return { kind: 'job', job: await loadOne(source, request) }
}

async function loadOne(source: JobSource, request: JobRequest): Promise<LoadedJob> {
  const checked = check(source.yaml, jobFile)
  const { job, inFile, inFlags } = await assembleJob(source, checked.value, request)
  const inText = [...checked.problems, ...inFile]
  refuse(inText.length === 0 ? 'UsageInvalid' : 'JobFileInvalid', [...inText, ...inFlags])
  return job
}

function severalJobs(file: string): MusterError {
  return new MusterError('UsageInvalid', `${shellQuote(file)} holds several jobs, which only the queue takes`, {
    suggestions: [`muster submit ${shellQuote(file)}`],
  })
}
