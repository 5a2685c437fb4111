import { z } from 'zod'
import { mapping, matching } from './fields.ts'
import { jobFile } from './job-file.ts'

/** A file of several jobs for `muster submit`: what they have in common, then each by its name, as in a file of its own. */

const jobName = matching(
  /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
  'must be a name of lower case letters, digits and - inside, at most 32 characters',
)

/** What a job of its own would say and many may say once; each job's own word wins, and `env` is joined. */
const COMMON = {
  fleet: true,
  launcher: true,
  nodes: true,
  tasksPerNode: true,
  env: true,
  workdir: true,
  ignore: true,
  timeLimit: true,
  priority: true,
  retries: true,
} as const

const jobs = z
  .record(jobName, jobFile, { error: 'must be a mapping of names to jobs' })
  .refine((all) => Object.keys(all).length > 0, { error: 'must have at least one job' })

export const batchFile = z.strictObject({ ...jobFile.pick(COMMON).shape, jobs }, mapping)

export type BatchFile = z.infer<typeof batchFile>
