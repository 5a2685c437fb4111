import { isMusterError } from '../core/errors/muster-error.ts'

/** What something else still holds up is no failure: the next round tries again. */
export async function whenFree(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isMusterError(error, 'FleetBusy')) throw error
  }
}
