import type { JobRecord } from '../../../src/core/job/record.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'

export const SETTINGS = {
  archiveKey: 'archives/abc.tar.gz',
  mountPoint: '/fsx',
  logIntervalMs: 250,
  efa: false,
} as const

/** A job on two hosts, with what a test wants changed. */
export function record(change: Partial<JobSpec> = {}): JobRecord {
  return {
    version: 1,
    id: 'heat-20260101-120000-abcd',
    fleet: 'hpc',
    submittedAt: 0,
    hosts: [
      { id: 'i-0a', name: 'node-0', ip: '172.31.0.5', slots: 64 },
      { id: 'i-0b', name: 'node-1', ip: '172.31.0.6', slots: 64 },
    ],
    spec: {
      name: 'heat',
      launcher: 'mpi',
      nodes: 2,
      tasksPerNode: 2,
      program: { kind: 'argv', words: ['./heat', '--size', '64'] },
      prepare: { kind: 'argv', words: ['mpicc', '-o', 'heat', 'heat.c'] },
      env: { OMP_NUM_THREADS: '1', GREETING: `it's "$HOME"\n` },
      workdir: '/w',
      ignore: [],
      outputs: ['field.png', 'data/**/*.csv'],
      timeLimitS: 600,
      ...change,
    },
  }
}
