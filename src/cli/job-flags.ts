import { integer, option, string } from '@oclif/core/flags'
import type { JobRequest } from '../config/load-job.ts'

/** What commands have that take a job: its file's keys, as flags. */
export const jobFlags = {
  fleet: string({ summary: 'the fleet to run on', helpValue: 'FLEET' }),
  nodes: integer({ char: 'n', summary: 'how many nodes', helpValue: 'N' }),
  'tasks-per-node': integer({ char: 't', summary: 'how many ranks on each node', helpValue: 'K' }),
  launcher: option({ options: ['mpi', 'torchrun', 'shell'] as const, summary: 'how ranks are started' })(),
  workdir: string({ summary: 'the folder that goes to the nodes, or none', helpValue: 'FOLDER' }),
  env: string({
    char: 'e',
    summary: "add to the job's environment",
    helpValue: 'NAME=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'time-limit': string({ summary: 'end the job after this long: 90s, 10m, 2h, 1d', helpValue: 'TIME' }),
  name: string({ summary: 'what the job is called', helpValue: 'NAME' }),
}

/** The same as they were parsed. */
export interface JobFlagValues {
  readonly fleet?: string | undefined
  readonly nodes?: number | undefined
  readonly 'tasks-per-node'?: number | undefined
  readonly launcher?: string | undefined
  readonly workdir?: string | undefined
  readonly env?: readonly string[] | undefined
  readonly 'time-limit'?: string | undefined
  readonly name?: string | undefined
}

/** Words of the command line as a request; nothing is checked here. */
export function jobFromFlags(
  file: string | undefined,
  program: readonly string[] | null,
  flags: JobFlagValues,
): Omit<JobRequest, 'cwd' | 'fleetNodes'> {
  const { fleet, nodes, launcher, workdir, env, name } = flags
  return {
    file: file ?? null,
    words: program,
    overrides: {
      fleet,
      nodes,
      launcher,
      workdir,
      env,
      name,
      tasksPerNode: flags['tasks-per-node'],
      timeLimit: flags['time-limit'],
    },
  }
}
