import type { JobPhase, RunnerState } from './record.ts'
import { failureOf, type JobFailure } from './job-failure.ts'
import { JOB_PHASES } from './record.ts'

/** What a job's runners have said so far, and which of its nodes are known to have died. */
export interface JobView {
  /** Hosts that have a runner, in rank order: the lead alone for mpi, every host otherwise. */
  readonly states: readonly { readonly host: string; readonly state: RunnerState | null }[]
  /** Hosts of the allocation that have died, with the reason. */
  readonly lost: readonly LostHost[]
}

export interface LostHost {
  readonly host: string
  readonly reason: string
  /** True where the node lives but its runner is waited for no longer: `reason` then follows its name. */
  readonly isAlive?: boolean
}

export type Verdict =
  | { readonly kind: 'running'; readonly phase: JobPhase }
  | {
      readonly kind: 'ended'
      readonly outcome: 'done' | 'failed' | 'cancelled' | 'time-limit' | 'lost'
      readonly exitCode: number
      readonly message: string
      /** Where a program or what comes before it failed; null for every other end. */
      readonly failure: JobFailure | null
    }

/** The exit code where a node died before the program could give one: 128 + SIGKILL, which is what the program got. */
const LOST_EXIT_CODE = 137

/** A node that died, or came to its own end, however orderly, took the job with it. */
const OUTCOMES = {
  exited: 'failed',
  'prepare-failed': 'failed',
  'staging-failed': 'failed',
  cancelled: 'cancelled',
  'time-limit': 'time-limit',
  'node-lost': 'lost',
  'node-end': 'lost',
} as const

/**
 * Decides, purely, where a job stands. It has ended when every runner that lives says so; the exit code is that of the first
 * host in rank order that failed. A runner on a dead node ends as lost.
 */
export function judgeJob(view: JobView): Verdict {
  const lostBy = new Map(view.lost.map(({ host, reason }) => [host, reason]))
  const waiting = view.states.filter(({ host, state }) => state?.phase !== 'done' && !lostBy.has(host))
  if (waiting.length > 0) return { kind: 'running', phase: slowestPhase(view) }
  const dead = view.states.find(({ host, state }) => state?.phase !== 'done' && lostBy.has(host))
  const failed = view.states.find(({ state }) => state?.phase === 'done' && !isDone(state))
  const named = view.lost.map((each) => sentenceOn(each, view)).join('; ')
  if (dead) return { kind: 'ended', outcome: 'lost', exitCode: LOST_EXIT_CODE, message: named, failure: null }
  // A job that is done may have left a note: outputs that match nothing.
  if (!failed?.state) return { kind: 'ended', outcome: 'done', exitCode: 0, message: notes(view), failure: null }
  const { reason, exitCode, message } = failed.state
  const outcome = OUTCOMES[reason ?? 'exited']
  return {
    kind: 'ended',
    outcome,
    exitCode: exitCode === null || exitCode === 0 ? 1 : exitCode,
    message: [named, view.states.length > 1 ? onHost(failed.host, failed.state) : message]
      .filter((part) => part !== '')
      .join('; '),
    failure: outcome === 'failed' ? failureOf(view.states) : null,
  }
}

function notes({ states }: JobView): string {
  return states.flatMap(({ state }) => (state === null || state.message === '' ? [] : [state.message])).join('; ')
}

/** Which of several hosts failed has to be said, also where its program left no word. */
function onHost(host: string, { exitCode, message }: RunnerState): string {
  if (message !== '') return `${host}: ${message}`
  if (exitCode === null) return `${host} failed`
  return exitCode > 128 && exitCode <= 192
    ? `${host} was ended by signal ${exitCode - 128}`
    : `${host} exited with ${exitCode}`
}

function isDone(state: RunnerState): boolean {
  return state.exitCode === 0 && (state.reason === 'exited' || state.reason === null)
}

function sentenceOn({ host, reason, isAlive = false }: LostHost, view: JobView): string {
  return isAlive ? `${host} ${reason}` : `${host} died while the job was ${phaseOf(view, host)}: ${reason}`
}

/** A host without a runner has no phase of its own, and by now the lead may be past the one in which it died. */
function phaseOf(view: JobView, host: string): JobPhase {
  const own = view.states.find((entry) => entry.host === host)
  if (own) return own.state?.phase ?? 'staging'
  const lead = view.states[0]?.state?.phase ?? 'staging'
  return lead === 'collecting' || lead === 'done' ? 'running' : lead
}

function slowestPhase({ states }: JobView): JobPhase {
  const index = Math.min(...states.map(({ state }) => (state ? JOB_PHASES.indexOf(state.phase) : 0)))
  return JOB_PHASES[index] ?? 'staging'
}
