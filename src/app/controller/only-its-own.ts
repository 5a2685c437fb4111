import { isMusterError } from '../../core/errors/muster-error.ts'
import type { FleetWorker } from './fleet-worker.ts'

/** What fails for one fleet alone stops that fleet alone; a cloud that cannot be reached, or a lost lease, is everybody's. */
export async function unlessOnlyItsOwn(one: FleetWorker, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isMusterError(error) || isMusterError(error, ...EVERYBODYS)) throw error
    one.fail(error)
  }
}

const EVERYBODYS = ['CloudUnreachable', 'Throttled', 'LeaseLost', 'CredentialsExpired', 'Interrupted'] as const
