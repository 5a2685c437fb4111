import { MusterError } from '../core/errors/muster-error.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { assembleJob } from './assemble-job.ts'
import { orderProblems } from './batch-order.ts'
import { check } from './check.ts'
import { flagName } from './job-flags.ts'
import { isMapping, jobInBatch } from './job-in-batch.ts'
import type { JobRequest, LoadedJob } from './job-request.ts'
import type { JobSource } from './job-source.ts'
import { refuse } from './problem.ts'
import { batchFile } from './schema/batch-file.ts'
import type { JobFile } from './schema/job-file.ts'

/** A file with `jobs` is a batch, whatever else it says. */
export function isBatch({ yaml, isFile }: JobSource): boolean {
  return isFile && isMapping(yaml.value) && Object.hasOwn(yaml.value, 'jobs')
}

/**
 * The jobs of a batch, in the order of the file, by their names in it; an `after` may name another of them. Of the flags those that
 * can be meant for all of them are taken: `--fleet` and `--env`.
 *
 * @throws MusterError JobFileInvalid with every problem at once, UsageInvalid for flags of one job.
 */
export async function loadBatch(source: JobSource, request: JobRequest): Promise<ReadonlyMap<string, LoadedJob>> {
  const { yaml } = source
  const written = isMapping(yaml.value) && isMapping(yaml.value['jobs']) ? Object.keys(yaml.value['jobs']) : []
  refuseFlagsOfOne(request, written)
  const checked = check(yaml, batchFile)
  const jobs = await Promise.all(
    written.map(async (name) => {
      const own = { ...source, yaml: jobInBatch(yaml, name), name }
      return { name, ...(await assembleJob(own, checked.value && (own.yaml.value as JobFile), request)) }
    }),
  )
  const inFile = [...checked.problems, ...orderProblems(yaml), ...jobs.flatMap((one) => one.inFile)]
  const inFlags = jobs.flatMap((one) => one.inFlags)
  refuse(inFile.length === 0 ? 'UsageInvalid' : 'JobFileInvalid', [...inFile, ...inFlags])
  return new Map(jobs.map(({ name, job }) => [name, job]))
}

/** What is taken for every job of a file. */
const FOR_ALL = ['fleet', 'env']

function refuseFlagsOfOne({ file, words, overrides, queue }: JobRequest, jobs: readonly string[]): void {
  const set = Object.entries({ ...overrides, ...queue }).filter(([, value]) => value !== undefined)
  const flags = set.map(([key]) => key).filter((key) => !FOR_ALL.includes(key))
  const said = [...flags.map(flagName), ...(words === null ? [] : ['a command after --'])]
  if (said.length === 0) return
  const named = shellQuote(file ?? '')
  const [first = 'NAME'] = jobs
  const text = `${said.join(', ')}: that is for one job, and ${named} has ${jobs.length}`
  throw new MusterError('UsageInvalid', text, {
    suggestions: [
      flags.length === 0 ? `command: below jobs.${first} in ${named}` : `${flags[0]}: below jobs.${first} in ${named}`,
      `muster submit ${named}`,
    ],
  })
}
