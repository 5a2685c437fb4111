/** What a task has done so far, and how it is told to stop. */
export interface Progress {
  total: number
  succeeded: number
  failed: number
  /** Path and error of what failed. */
  readonly failures: { readonly path: string; readonly error: string }[]
  isCancelled: boolean
  /** How many of the next files fail without being tried. */
  toFail: number
}

export function newProgress(toFail = 0): Progress {
  return { total: 0, succeeded: 0, failed: 0, failures: [], isCancelled: false, toFail }
}

/** Counts one thing as done or failed; what fails keeps nothing else from being done. */
export async function attempt(progress: Progress, path: string, work: () => Promise<void>): Promise<void> {
  progress.total += 1
  try {
    if (progress.toFail > 0) {
      progress.toFail -= 1
      throw new Error('S3Error')
    }
    await work()
    progress.succeeded += 1
  } catch (error) {
    progress.failed += 1
    progress.failures.push({ path, error: error instanceof Error ? error.message : String(error) })
  }
}
