import type { Instance, InstanceState, StateName } from '../state/instance.ts'
import { change } from '../state/lagged.ts'

/** An instance's states and what may follow each: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html (compiled facts, 2026-09). */
const NEXT: Readonly<Record<StateName, readonly StateName[]>> = {
  pending: ['running', 'stopping', 'shutting-down'],
  running: ['stopping', 'shutting-down'],
  stopping: ['stopped', 'shutting-down'],
  stopped: ['pending', 'shutting-down'],
  'shutting-down': ['terminated'],
  terminated: [],
}

/** The code that goes with a state's name on the wire. */
export const STATE_CODES: Readonly<Record<StateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
}

export const stateOf = (instance: Instance): StateName => instance.state.current.name

export const mayBecome = (instance: Instance, next: StateName): boolean => NEXT[stateOf(instance)].includes(next)

/** Moves on; a step that is not in the table is a bug of the sandbox. */
export function moveTo(instance: Instance, next: InstanceState, now: number): void {
  if (!mayBecome(instance, next.name))
    throw new Error(`${instance.id} cannot go from ${stateOf(instance)} to ${next.name}`)
  change(instance.state, next, now)
}
