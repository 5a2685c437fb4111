import type { Action, ActionWork, FleetPlan } from './action.ts'

/** A plan being written. An action's id is the fleet and what it is for, so that it is the same whenever it is planned. */
export interface Draft {
  /** Returns the action's id, for others to depend on. */
  add(purpose: string, work: ActionWork, reason: string, dependsOn?: readonly string[]): string
  wait(what: string): void
  /** True while nothing is to do and nothing is waited for. */
  isQuiet(): boolean
  finish(): FleetPlan
}

export function draftPlan(fleet: string): Draft {
  const actions: Action[] = []
  const waits: string[] = []
  return {
    add: (purpose, work, reason, dependsOn = []) => {
      const id = `${fleet}/${purpose}`
      actions.push({ id, dependsOn, reason, ...work })
      return id
    },
    wait: (what) => {
      waits.push(what)
    },
    isQuiet: () => actions.length === 0 && waits.length === 0,
    finish: () => ({ actions, waits, failure: null, converged: actions.length === 0 && waits.length === 0 }),
  }
}
