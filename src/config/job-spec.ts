import type { JobSpec, Program } from '../core/job/spec.ts'
import { parseDuration } from './duration.ts'
import type { JobFlags } from './job-flags.ts'
import { commandProgram, environment, prepareProgram } from './job-program.ts'
import type { YamlText } from './parse-yaml.ts'
import type { JobFile } from './schema/job-file.ts'

/** Everything that makes a job, checked. */
export interface JobParts {
  readonly file: JobFile
  readonly flags: JobFlags
  readonly yaml: YamlText
  /** Where neither flag nor file names it. */
  readonly name: string
  readonly nodes: number
  /** The words after `--`, which take the place of the file's command. */
  readonly words: readonly string[] | null
  readonly workdir: string | null
}

export function jobSpec({ file, flags, yaml, name, nodes, words, workdir }: JobParts): JobSpec {
  const { ignore = [], outputs = [], prepare, env = {} } = file
  const plain = { ...file, ...flags.values }
  return {
    name: plain.name ?? name,
    launcher: plain.launcher ?? 'mpi',
    nodes,
    tasksPerNode: plain.tasksPerNode ?? 1,
    program: words === null ? programOf(file, yaml) : { kind: 'argv', words },
    prepare: prepare === undefined ? null : prepareProgram(prepare, yaml),
    env: { ...environment(env, yaml), ...flags.env },
    workdir,
    ignore: [ignore].flat(),
    outputs: [outputs].flat().map(plainPattern),
    timeLimitS: plain.timeLimit === undefined ? null : parseDuration(plain.timeLimit),
    ...(file.notice === undefined ? {} : { noticeSignal: file.notice.signal }),
  }
}

function programOf(file: JobFile, yaml: YamlText): Program {
  if (file.script !== undefined) return { kind: 'script', text: file.script }
  return commandProgram(file.command ?? [], yaml, ['command'])
}

/** `./out/` and `out` are one pattern. */
function plainPattern(pattern: string): string {
  return pattern.replace(/^(?:\.\/+)+/, '').replace(/(?<=.)\/+$/, '') || '.'
}
