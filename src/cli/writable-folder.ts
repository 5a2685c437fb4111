import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'

/**
 * Refuses a results folder that could not be made, such as in somebody else's checkout, before a fleet is raised for
 * results that nobody could keep. Makes nothing. Throws TransferFailed.
 */
export async function mustBeWritable(folder: string): Promise<void> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      return await access(place, constants.W_OK | constants.X_OK)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code === 'ENOENT' && place !== dirname(place)) continue
      throw new MusterError('TransferFailed', `results would go to ${folder}, but ${place} is not writable (${code})`, {
        cause: error,
        suggestions: ['cd to a folder of yours, and give the job file by its whole path'],
      })
    }
  }
}
