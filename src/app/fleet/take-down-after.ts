import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Services } from '../services.ts'
import { takeDown } from './take-down.ts'

/** The first error is what the user has to see: a teardown that fails after it is a warning. */
export async function takeDownAfter(error: unknown, fleet: string, services: Services): Promise<void> {
  try {
    await takeDown(fleet, services)
  } catch (second) {
    const message = isMusterError(second) ? second.message : String(second)
    services.events.emit('warning', {
      message: `${fleet} could not be taken down after ${error instanceof Error ? error.message : String(error)}: ${message}`,
      hint: `muster down ${fleet}`,
    })
  }
}
