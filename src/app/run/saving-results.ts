import { MusterError, isMusterError } from '../../core/errors/muster-error.ts'

/**
 * Runs what saves something of a job on this machine. Where that fails nothing is lost, since log and outputs stay in the
 * bucket: the error then says how to get them again.
 */
export async function savingResults<T>(job: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save()
  } catch (error) {
    if (!isMusterError(error) || (error.code !== 'DiskFull' && error.code !== 'TransferFailed')) throw error
    const again = `muster results ${job} --into FOLDER`
    throw new MusterError(error.code, `${error.message}; the log and the outputs of ${job} stay in the bucket`, {
      cause: error,
      suggestions: [again, ...error.suggestions.filter((one) => one.startsWith('df '))],
      data: { ...error.data, job },
    })
  }
}
