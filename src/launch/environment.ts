import { MusterError } from '../core/errors/muster-error.ts'
import type { JobRecord } from '../core/job/record.ts'
import { shellQuote } from '../kit/shell-quote.ts'

/**
 * Names that a shell keeps for itself: read-only in some, changed by themselves in others. They reach the program by env(1)
 * instead of by `export`.
 */
const OF_THE_SHELL =
  /^(?:BASH.*|UID|EUID|PPID|GROUPS|SHELLOPTS|RANDOM|SRANDOM|SECONDS|LINENO|EPOCH.*|DIRSTACK|FUNCNAME|PIPESTATUS|OPTIND|OPTARG|OPTERR|PS[0-4]|IFS|PWD|OLDPWD|ENV|_)$/

const isName = (name: string) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
const needsEnv = (name: string) => !isName(name) || OF_THE_SHELL.test(name)

/**
 * `environment.sh` of a bundle, sourced by everything that runs as the user: what muster tells a job of its place, then the
 * job's own environment, which wins. Throws JobFileInvalid for a name or a value that no program can be given.
 */
export function environmentScript(record: JobRecord): string {
  const { spec, hosts } = record
  const own = {
    MUSTER_JOB_ID: record.id,
    MUSTER_JOB_NAME: spec.name,
    MUSTER_FLEET: record.fleet,
    MUSTER_LAUNCHER: spec.launcher,
    MUSTER_NODES: String(spec.nodes),
    MUSTER_TASKS_PER_NODE: String(spec.tasksPerNode),
    MUSTER_TASKS: String(spec.nodes * spec.tasksPerNode),
    MUSTER_HEAD_IP: hosts[0]?.ip ?? '',
    ...(spec.launcher === 'torchrun' ? rendezvous(record) : {}),
  }
  const lines = [...Object.entries(own), ...Object.entries(spec.env).filter(([name]) => !needsEnv(name))]
  return (
    [
      'MUSTER_HOSTFILE=$bundle/hostfile',
      'export MUSTER_HOSTFILE',
      ...FOLDERS,
      ...lines.map(([name, value]) => exported(name, value)),
    ].join('\n') + '\n'
  )
}

/**
 * What lies beside the folders of all runs, on the storage or on the node: whoever sources this knows the run's own work directory and
 * has sourced its settings. Ranks on every node do, which know nothing of the first node's environment.
 */
const FOLDERS = [
  'if [ -n "$checkpoint" ]; then export MUSTER_CHECKPOINT_DIR="${work%/*/work}/$checkpoint"; fi',
  'if [ -n "$mount_point" ]; then export MUSTER_SHARED_DIR="${work%/*/work}/shared"; fi',
]

/** The words that go before a program for the variables that `export` cannot set; none where there are none. */
export function environmentPrefix(env: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(env).filter(([name]) => needsEnv(name))
  for (const [name, value] of pairs) check(name, value)
  return pairs.length === 0 ? [] : ['/usr/bin/env', ...pairs.map(([name, value]) => `${name}=${value}`)]
}

function rendezvous({ id, spec, hosts }: JobRecord): Record<string, string> {
  return {
    MASTER_ADDR: hosts[0]?.ip ?? '',
    MASTER_PORT: String(RENDEZVOUS_PORT),
    NNODES: String(spec.nodes),
    NPROC_PER_NODE: String(spec.tasksPerNode),
    WORLD_SIZE: String(spec.nodes * spec.tasksPerNode),
    RDZV_ID: id,
  }
}

/** torchrun's own default port for c10d. */
export const RENDEZVOUS_PORT = 29500

function exported(name: string, value: string): string {
  check(name, value)
  return `export ${name}=${shellQuote(value)}`
}

function check(name: string, value: string): void {
  if (name === '' || name.includes('=') || name.includes('\0')) {
    throw new MusterError('JobFileInvalid', `env: no program can be given a variable named ${JSON.stringify(name)}`)
  }
  if (value.includes('\0')) {
    throw new MusterError('JobFileInvalid', `env: the value of ${name} has a NUL byte, which no program can be given`)
  }
}
