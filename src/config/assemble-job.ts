import { checkJobFlags, type JobFlags } from './job-flags.ts'
import { programProblems, wordProblems } from './job-program.ts'
import type { JobRequest, LoadedJob } from './job-request.ts'
import type { JobSource } from './job-source.ts'
import { jobSpec } from './job-spec.ts'
import { findWorkdir } from './job-workdir.ts'
import { problemAt, problemOf, type Problem } from './problem.ts'
import { queueOptions } from './queue-options.ts'
import type { JobFile } from './schema/job-file.ts'

/** A job, and what is wrong with it beside what its schema says; with a problem it is not to be used. */
export interface AssembledJob {
  readonly job: LoadedJob
  readonly inFile: readonly Problem[]
  readonly inFlags: readonly Problem[]
}

/** A job from its source and the flags over it. `checked` is what the schema made of the source, null where it refused it. */
export async function assembleJob(
  source: JobSource,
  checked: JobFile | null,
  request: JobRequest,
): Promise<AssembledJob> {
  const { yaml, isFile, name } = source
  const words = request.words !== null && request.words.length > 0 ? request.words : null
  const flags = checkJobFlags(request.overrides)
  const workdir = await placeWorkdir(source, flags, request.cwd)
  const file = checked ?? {}
  const fleet = flags.values.fleet ?? file.fleet ?? null
  const named = flags.values.nodes ?? file.nodes ?? null
  const queue = queueOptions(file, request.queue ?? {}, named ?? 1, yaml)
  const inFile = [...programProblems(yaml, isFile, words !== null), ...workdir.inFile, ...queue.inFile]
  const inFlags = [...flags.problems, ...queue.inFlags, ...wordProblems(words), ...workdir.inFlags]
  const isSound = checked !== null && inFile.length === 0 && inFlags.length === 0
  const nodes = named ?? (queue.options.share || !isSound ? 1 : request.fleetNodes(fleet))
  const spec = jobSpec({ file, flags, yaml, name, nodes, words, workdir: workdir.folder })
  return { job: { spec, fleet, queue: queue.options }, inFile, inFlags }
}

interface PlacedWorkdir {
  readonly folder: string | null
  readonly inFile: readonly Problem[]
  readonly inFlags: readonly Problem[]
}

/** Looked at also where the file has other problems, so that all are told at once. */
async function placeWorkdir({ yaml, isFile, folder }: JobSource, flags: JobFlags, cwd: string): Promise<PlacedWorkdir> {
  const flag = flags.values.workdir
  const inFile = (yaml.value as { workdir?: unknown } | null)?.workdir
  const written = flag ?? (typeof inFile === 'string' && inFile !== '' ? inFile : isFile ? '.' : 'none')
  const found = await findWorkdir(written, flag === undefined ? folder : cwd)
  if ('folder' in found) return { folder: found.folder, inFile: [], inFlags: [] }
  if (flag !== undefined) return { folder: null, inFile: [], inFlags: [problemOf('--workdir', found.problem)] }
  return { folder: null, inFile: [problemAt(yaml.file, yaml.at(['workdir']), found.problem)], inFlags: [] }
}
