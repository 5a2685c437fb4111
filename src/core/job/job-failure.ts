import type { RunnerState } from './record.ts'

/** The phases in which an attempt fails, in their order. */
export const FAILING_PHASES = ['staging', 'preparing', 'running'] as const
export type FailingPhase = (typeof FAILING_PHASES)[number]

/** In which phase a job failed, and on which of its hosts, where that is known for sure. */
export interface JobFailure {
  readonly phase: FailingPhase
  readonly host: string | null
}

interface HostState {
  readonly host: string
  readonly state: RunnerState | null
}

/** What meeting.sh says on the nodes whose first node could not prepare the job: they have not failed themselves. */
const FOLLOWS = 'the first node could not prepare the job'

/**
 * Where a job failed. A node is named only where it can be told: the rank that failed first, a node that mpirun could not reach or lost
 * (`verdict.sh`), or the one host of several that failed; where several did, the first may have taken the others along.
 */
export function failureOf(states: readonly HostState[]): JobFailure | null {
  const failed = states.filter(({ state }) => state !== null && isFailure(state))
  const [first, ...others] = failed.filter(({ state }) => state?.message !== FOLLOWS)
  if (!first?.state) return null
  const phase = phaseOf(first.state)
  if (others.length > 0) return { phase, host: null }
  // One runner for several hosts is mpirun's: what comes before it runs on its own host alone.
  const isAlone = states.length === 1 && phase === 'running'
  return { phase, host: isAlone ? namedBy(first.state.message) : first.host }
}

function isFailure({ exitCode, reason }: RunnerState): boolean {
  return !(exitCode === 0 && (reason === 'exited' || reason === null))
}

function phaseOf({ reason }: RunnerState): FailingPhase {
  if (reason === 'staging-failed') return 'staging'
  return reason === 'prepare-failed' ? 'preparing' : 'running'
}

/** `rank 3 (node-1) exited with 7`, `node-1 (10.0.0.2) died while ...`: at the very beginning, where no program's words can be. */
function namedBy(message: string): string | null {
  return /^(?:rank \d+ \((node-\d+)\) |(node-\d+) \([\d.]+\) )/.exec(message)?.slice(1).find(Boolean) ?? null
}
