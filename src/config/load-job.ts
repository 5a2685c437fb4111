import { basename, dirname, extname } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import { check } from './check.ts'
import { checkJobFlags, type JobFlags } from './job-flags.ts'
import { programProblems, wordProblems } from './job-program.ts'
import type { JobRequest, LoadedJob } from './job-request.ts'
import { jobSpec } from './job-spec.ts'
import { findWorkdir } from './job-workdir.ts'
import { parseYaml, type YamlText } from './parse-yaml.ts'
import { problemAt, problemOf, refuse, type Problem } from './problem.ts'
import { queueOptions } from './queue-options.ts'
import { readJobFile } from './read-job-file.ts'
import { jobFile } from './schema/job-file.ts'

export type { JobOverrides, JobRequest, LoadedJob } from './job-request.ts'

/**
 * A job from a file, from words after `--`, or both, with the flags over it. An ad-hoc job (no file) is an mpi job on all
 * nodes of the fleet, one task a node, named after its program; it sends no folder unless `--workdir` names one.
 *
 * Throws JobFileMissing, JobFileInvalid, or UsageInvalid where only flags are wrong, with every problem at once.
 */
export async function loadJob(request: JobRequest): Promise<LoadedJob> {
  const words = request.words !== null && request.words.length > 0 ? request.words : null
  const source = await readSource(request, words)
  const checked = check(source.yaml, jobFile)
  const flags = checkJobFlags(request.overrides)
  const workdir = await placeWorkdir(source, flags, request.cwd)
  const file = checked.value ?? {}
  const fleet = flags.values.fleet ?? file.fleet ?? null
  const named = flags.values.nodes ?? file.nodes ?? null
  const queue = queueOptions(file, request.queue ?? {}, named ?? 1, source.yaml)
  const inFile = [
    ...checked.problems,
    ...programProblems(source.yaml, source.isFile, words !== null),
    ...workdir.inFile,
  ]
  const inFlags = [...flags.problems, ...queue.problems, ...wordProblems(words), ...workdir.inFlags]
  refuse(inFile.length === 0 ? 'UsageInvalid' : 'JobFileInvalid', [...inFile, ...inFlags])

  const nodes = named ?? (queue.options.share ? 1 : request.fleetNodes(fleet))
  const parts = { file, flags, yaml: source.yaml, name: source.name, nodes, words, workdir: workdir.folder }
  return { spec: jobSpec(parts), fleet, queue: queue.options }
}

interface Source {
  readonly yaml: YamlText
  readonly isFile: boolean
  /** What its own workdir is relative to. */
  readonly folder: string
  readonly name: string
}

async function readSource({ file, cwd }: JobRequest, words: readonly string[] | null): Promise<Source> {
  if (file !== null) {
    const { path, shown, text } = await readJobFile(file, cwd)
    const name = basename(path, extname(path))
    return { yaml: parseYaml(text, shown), isFile: true, folder: dirname(path), name }
  }
  if (words === null) throw nothingToRun()
  const name = basename(words[0] ?? '').slice(0, 200) || 'job'
  return { yaml: parseYaml('', ''), isFile: false, folder: cwd, name }
}

interface PlacedWorkdir {
  readonly folder: string | null
  readonly inFile: readonly Problem[]
  readonly inFlags: readonly Problem[]
}

/** Looked at also where the file has other problems, so that all are told at once. */
async function placeWorkdir({ yaml, isFile, folder }: Source, flags: JobFlags, cwd: string): Promise<PlacedWorkdir> {
  const flag = flags.values.workdir
  const inFile = (yaml.value as { workdir?: unknown } | null)?.workdir
  const written = flag ?? (typeof inFile === 'string' && inFile !== '' ? inFile : isFile ? '.' : 'none')
  const found = await findWorkdir(written, flag === undefined ? folder : cwd)
  if ('folder' in found) return { folder: found.folder, inFile: [], inFlags: [] }
  if (flag !== undefined) return { folder: null, inFile: [], inFlags: [problemOf('--workdir', found.problem)] }
  return { folder: null, inFile: [problemAt(yaml.file, yaml.at(['workdir']), found.problem)], inFlags: [] }
}

function nothingToRun(): MusterError {
  return new MusterError('UsageInvalid', 'there is nothing to run: name a job file, or a command after --', {
    suggestions: ['muster run jobs/hello.yaml', 'muster run -- hostname'],
  })
}
