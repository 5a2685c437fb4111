import type { ErrorCode } from '../errors/codes.ts'
import type { SetupAction, SetupPlan, SetupWork } from './action.ts'

/** A setup plan being written: the id of an action follows from what it is for. */
export interface SetupDraft {
  add(purpose: string, work: SetupWork, reason: string): void
  wait(what: string): void
  fail(code: ErrorCode, message: string): void
  /** Nothing is planned or waited for so far. */
  isIdle(): boolean
  finish(): SetupPlan
}

export function draftSetup(): SetupDraft {
  const actions: SetupAction[] = []
  const waits: string[] = []
  let failure: SetupPlan['failure'] = null
  return {
    // Nothing depends on anything of the same round: what a part needs has been observed.
    add: (purpose, work, reason) => void actions.push({ id: `setup/${purpose}`, dependsOn: [], reason, ...work }),
    wait: (what) => void waits.push(what),
    fail: (code, message) => void (failure ??= { code, message }),
    isIdle: () => failure === null && actions.every((action) => action.kind === 'grant') && waits.length === 0,
    finish: () => ({ actions, waits, failure, converged: actions.length === 0 && waits.length === 0 }),
  }
}
