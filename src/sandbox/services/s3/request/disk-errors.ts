import { s3Errors } from '../errors.ts'

/** Does the work, and turns a full disk, which is ordinary, into S3's words. */
export async function diskErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | null)?.code
    throw code === 'ENOSPC' || code === 'EDQUOT' ? s3Errors.diskFull() : error
  }
}
