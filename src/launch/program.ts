import type { JobRecord } from '../core/job/record.ts'
import type { Program } from '../core/job/spec.ts'
import { shellCommand } from '../kit/shell-quote.ts'
import { environmentPrefix, RENDEZVOUS_PORT } from './environment.ts'

/** A file of the launch bundle. */
export interface BundleFile {
  readonly name: string
  readonly text: string
}

/**
 * `program.sh` or `prepare.sh`, run by /bin/sh with the job's environment set: it becomes the program, word for word, or the
 * user's own script, which lies beside it as it was written.
 */
export function programFiles(
  name: 'program' | 'prepare',
  program: Program,
  env: Readonly<Record<string, string>>,
): BundleFile[] {
  const text = `${commandOf(program, environmentPrefix(env), `"\${0%/*}/${name}.script"`)}\n`
  const file = { name: `${name}.sh`, text }
  return program.kind === 'argv' ? [file] : [file, { name: `${name}.script`, text: program.text }]
}

/** The line by which a shell becomes the program; `script` is where a script lies, as a word of that shell. */
export function commandOf(program: Program, prefix: readonly string[], script: string): string {
  if (program.kind === 'argv') return `exec ${shellCommand([...prefix, ...program.words])}`
  return `exec ${prefix.length === 0 ? '' : `${shellCommand(prefix)} `}/bin/sh -e ${script}`
}

/** The word whose absence is reported before anything starts; empty where a script decides for itself. */
export function firstWord(program: Program | null): string {
  return program?.kind === 'argv' ? (program.words[0] ?? '') : ''
}

/**
 * What torchrun is told, in front of the user's words. Words that begin with torchrun stay as they are; what is no Python
 * file is run as a program. A script is left alone: it has the variables.
 */
export function withTorchrun(record: JobRecord): Program {
  const { program, nodes, tasksPerNode } = record.spec
  if (program.kind === 'script' || /(?:^|\/)torchrun$/.test(firstWord(program))) return program
  const python = program.words[0] === '-m' || (program.words[0] ?? '').endsWith('.py')
  return {
    kind: 'argv',
    words: [
      'torchrun',
      '--nnodes',
      String(nodes),
      '--nproc-per-node',
      String(tasksPerNode),
      '--rdzv-backend',
      'c10d',
      '--rdzv-endpoint',
      `${record.hosts[0]?.ip ?? ''}:${RENDEZVOUS_PORT}`,
      '--rdzv-id',
      record.id,
      ...(python ? [] : ['--no-python']),
      ...program.words,
    ],
  }
}
