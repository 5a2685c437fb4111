import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { Services } from '../services.ts'
import { takeDown } from './take-down.ts'

/** Whether what is there after a raise is all of its making; `first` is what it saw before it made anything. */
export function startedFromNothing(first: ObservedFleet | null): boolean {
  if (first === null || first.storage.some((one) => one.fleet === first.name)) return false
  return first.nodes.every((node) => node.state === 'terminated')
}

/** Takes down what a failed raise has made; a failure to do so must not hide the first error, so it becomes a warning. */
export async function undoRaise(fleet: string, services: Services, reason: unknown): Promise<boolean> {
  services.events.emit('warning', {
    message: `${fleet}: ${reason instanceof Error ? reason.message : 'it failed'}; undoing what was made`,
    hint: null,
  })
  try {
    // No job has run on it: what is on its storage came from elsewhere.
    await takeDown(fleet, services, { discard: true })
    return true
  } catch (error) {
    services.events.emit('warning', {
      message: `${fleet}: undoing failed: ${error instanceof Error ? error.message : String(error)}`,
      hint: `muster down ${fleet}`,
    })
    return false
  }
}
