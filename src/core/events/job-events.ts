import { count } from '../../kit/count.ts'
import { event, fileSize, seconds } from './entry.ts'

/** What is said of a job, its logs and its files. */
export const JOB_EVENTS = {
  'transfer.progress': event<{ what: 'upload' | 'download'; name: string; done: number; total: number | null }>(
    'debug',
    (d) => `${d.what} ${d.name}: ${fileSize(d.done)}${d.total === null ? '' : ` of ${fileSize(d.total)}`}`,
  ),
  'transfer.done': event<{ what: 'upload' | 'download'; name: string; bytes: number; ms: number; reused: boolean }>(
    'info',
    (d) => `${d.what} ${d.name}: ${d.reused ? 'already there' : `${fileSize(d.bytes)} in ${seconds(d.ms)}`}`,
  ),
  'job.submitted': event<{ job: string; name: string; launcher: string; nodes: number; tasks: number }>(
    'info',
    (d) => `job ${d.job}: ${d.launcher}, ${count(d.nodes, 'node')}, ${count(d.tasks, 'task')}`,
  ),
  'job.awaited': event<{ job: string }>(
    'info',
    (d) => `job ${d.job} has not begun yet; muster why ${d.job} says what it waits for`,
  ),
  'job.phase': event<{ job: string; phase: string; sinceMs: number }>('info', (d) => `job ${d.job}: ${d.phase}`),
  'job.first-output': event<{ job: string; sinceReadyMs: number }>(
    'debug',
    (d) => `job ${d.job}: first output ${seconds(d.sinceReadyMs)} after the fleet was ready`,
  ),
  'job.progress': event<{ job: string; percent: number }>('debug', (d) => `job ${d.job}: ${d.percent} %`),
  'job.log-lost': event<{ job: string; source: string; stream: string; atByte: number }>(
    'warning',
    (d) => `job ${d.job}: what ${d.source} wrote to ${d.stream} after byte ${d.atByte} is lost`,
  ),
  'job.ended': event<{ job: string; exitCode: number; outcome: string; message: string; ms: number }>('info', (d) =>
    d.outcome === 'done'
      ? `job ${d.job}: done in ${seconds(d.ms)}`
      : `job ${d.job}: ${d.outcome} with exit code ${d.exitCode} after ${seconds(d.ms)}${d.message === '' ? '' : `: ${d.message}`}`,
  ),
  'results.saved': event<{ job: string; folder: string; files: number }>(
    'success',
    (d) => `results: ${d.folder} (${d.files} ${d.files === 1 ? 'file' : 'files'})`,
  ),
} as const
