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
  const prefix = environmentPrefix(env)
  if (program.kind === 'argv') {
    return [{ name: `${name}.sh`, text: `exec ${shellCommand([...prefix, ...program.words])}\n` }]
  }
  const before = prefix.length === 0 ? '' : `${shellCommand(prefix)} `
  return [
    { name: `${name}.sh`, text: `exec ${before}/bin/sh -e "\${0%/*}/${name}.script"\n` },
    { name: `${name}.script`, text: program.text },
  ]
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
