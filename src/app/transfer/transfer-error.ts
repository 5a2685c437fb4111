import { MusterError } from '../../core/errors/muster-error.ts'
import { shellQuote } from '../../kit/shell-quote.ts'

/** What was being done with a file when it failed. */
export interface Doing {
  /** `read data/x.bin`: follows "could not". */
  readonly what: string
  /** The folder that is written to; null while reading. */
  readonly into: string | null
  /** Bytes that had still to be written, where that is known. */
  readonly bytesNeeded?: number
}

/** A failure of the file system or of a stream in muster's words; what is muster's own, or an abort, stays as it is. */
export function transferError(error: unknown, doing: Doing): unknown {
  if (error instanceof MusterError) return error
  const { code, name, message } = error as NodeJS.ErrnoException
  if (name === 'AbortError' || code === 'ABORT_ERR') return error
  if (doing.into !== null && (code === 'ENOSPC' || code === 'EDQUOT')) return diskFull(error, doing.into, doing)
  const why = (code === undefined ? null : REASONS[code]) ?? message
  return new MusterError('TransferFailed', `could not ${doing.what}: ${why}`, {
    cause: error,
    ...(code === 'EACCES' && doing.into === null && { suggestions: [READ_HINT] }),
  })
}

function diskFull(cause: unknown, folder: string, doing: Doing): MusterError {
  const need = doing.bytesNeeded === undefined ? '' : `; ${doing.bytesNeeded} more bytes are needed`
  return new MusterError('DiskFull', `could not ${doing.what}: no space left in ${folder}${need}`, {
    cause,
    suggestions: [`df -h ${shellQuote(folder)}`],
    data: { folder, ...(doing.bytesNeeded !== undefined && { bytesNeeded: doing.bytesNeeded }) },
  })
}

const READ_HINT = 'make it readable, or leave it out with a pattern under ignore'

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'it is not there any more',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'it has become a link',
  EIO: 'the disk failed',
  Z_BUF_ERROR: 'the archive ends too early',
  Z_DATA_ERROR: 'the archive is damaged',
  ERR_STREAM_PREMATURE_CLOSE: 'it ended too early',
}
