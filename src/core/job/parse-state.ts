import { JOB_PHASES, type JobPhase, type RunnerState } from './record.ts'

const REASONS = [
  'exited',
  'prepare-failed',
  'time-limit',
  'cancelled',
  'staging-failed',
  'node-lost',
  'node-end',
] as const

/**
 * Reads what a runner wrote. It comes from a shell script on a node, so nothing of it is taken on trust; null for what is no
 * runner state at all.
 */
export function parseRunnerState(text: string): RunnerState | null {
  return runnerStateOf(parsed(text))
}

/** As `parseRunnerState`, of the document of a batch: what its node says of each task, by run. */
export function parseTaskStates(text: string): ReadonlyMap<string, RunnerState> {
  const value = parsed(text)
  const tasks = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['tasks'] : null
  if (typeof tasks !== 'object' || tasks === null) return new Map()
  const states = Object.entries(tasks).map(([run, state]) => [run, runnerStateOf(state)] as const)
  return new Map(states.filter((entry): entry is [string, RunnerState] => entry[1] !== null))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function runnerStateOf(value: unknown): RunnerState | null {
  if (typeof value !== 'object' || value === null) return null
  const fields = value as Record<string, unknown>
  const phase = JOB_PHASES.find((known) => known === fields['phase'])
  if (phase === undefined) return null
  return {
    phase: phase satisfies JobPhase,
    exitCode: numberOr(fields['exitCode'], null),
    reason: REASONS.find((known) => known === fields['reason']) ?? null,
    message: typeof fields['message'] === 'string' ? fields['message'] : '',
    startedAt: numberOr(fields['startedAt'], 0),
    updatedAt: numberOr(fields['updatedAt'], 0),
    logBytes: logBytesOf(fields['logBytes']),
    outputBytes: numberOr(fields['outputBytes'], null),
    notice: noticeOf(fields['notice']),
  }
}

function numberOr<D>(value: unknown, other: D): number | D {
  return typeof value === 'number' && Number.isFinite(value) ? value : other
}

function logBytesOf(value: unknown): RunnerState['logBytes'] {
  if (typeof value !== 'object' || value === null) return null
  const { stdout, stderr } = value as Record<string, unknown>
  return typeof stdout === 'number' && typeof stderr === 'number' ? { stdout, stderr } : null
}

/** As the runner writes it: `node-2 2026-11-23T14:02:10Z`. */
function noticeOf(value: unknown): RunnerState['notice'] {
  const [node = '', time = ''] = typeof value === 'string' ? value.split(' ') : []
  const at = Date.parse(time)
  return node === '' || Number.isNaN(at) ? null : { node, at }
}
