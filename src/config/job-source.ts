import { basename, dirname, extname } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import { parseYaml, type YamlText } from './parse-yaml.ts'
import { readJobFile } from './read-job-file.ts'
import type { JobRequest } from './job-request.ts'

/** Where a job is described: a file, one job of a batch, or nothing but words. */
export interface JobSource {
  readonly yaml: YamlText
  readonly isFile: boolean
  /** What its own workdir is relative to. */
  readonly folder: string
  /** What the job is called where it does not say. */
  readonly name: string
}

/** Throws JobFileMissing, JobFileInvalid; UsageInvalid where there is neither a file nor words. */
export async function readSource({ file, words, cwd, queue }: JobRequest): Promise<JobSource> {
  if (file !== null) {
    const { path, shown, text } = await readJobFile(file, cwd)
    const name = basename(path, extname(path))
    return { yaml: parseYaml(text, shown), isFile: true, folder: dirname(path), name }
  }
  if (words === null || words.length === 0) throw nothingToRun(queue === undefined ? 'run' : 'submit')
  const name = basename(words[0] ?? '').slice(0, 200) || 'job'
  return { yaml: parseYaml('', ''), isFile: false, folder: cwd, name }
}

function nothingToRun(command: 'run' | 'submit'): MusterError {
  return new MusterError('UsageInvalid', 'there is nothing to run: name a job file, or a command after --', {
    suggestions: [`muster ${command} -- hostname`, `muster ${command} --help`],
  })
}
