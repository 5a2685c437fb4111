import { s3Errors } from '../errors.ts'

/** Turns a full disk, which is ordinary, into S3's words. */
export async function diskErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isDiskFull(error) ? s3Errors.diskFull() : error
  }
}

export function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'ENOSPC' || code === 'EDQUOT'
}
