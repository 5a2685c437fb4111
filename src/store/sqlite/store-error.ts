import { dirname } from 'node:path'
import { MusterError } from '../../core/errors/muster-error.ts'
import { shellQuote } from '../../kit/shell-quote.ts'

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const SQLITE = { BUSY: 5, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const
/** Extended: there was no room for what its users share in memory. https://www.sqlite.org/rescode.html#ioerr_shmsize */
const IOERR_SHMSIZE = 4874

const FULL = ['ENOSPC', 'EDQUOT']
/** It may not be written, or a folder of its path is a file. */
const UNUSABLE = ['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR']

/** What SQLite or the system says of the store's file, in muster's words; anything else as it is. */
export function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error
  const { errcode, code } = error as { errcode?: number; code?: string }
  const options = { cause: error, data: { path } }
  if (FULL.includes(code ?? '') || errcode === IOERR_SHMSIZE) return full(path, options)
  if (UNUSABLE.includes(code ?? '')) return unwritable(path, error.message, options)
  // Extended codes carry the primary one in their lowest byte.
  switch ((errcode ?? 0) & 0xff) {
    case SQLITE.FULL:
      return full(path, options)
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return new MusterError('StoreDamaged', `the queue in ${path} is damaged: ${error.message}`, {
        ...options,
        suggestions: [`mv ${shellQuote(path)} ${shellQuote(`${path}.damaged`)}`],
      })
    case SQLITE.READONLY:
    case SQLITE.CANTOPEN:
    case SQLITE.IOERR:
      return unwritable(path, error.message, options)
    case SQLITE.BUSY:
      return new MusterError('FleetBusy', `the queue in ${path} is in use by another muster for too long`, options)
    default:
      return error
  }
}

type Options = NonNullable<ConstructorParameters<typeof MusterError>[2]>

function full(path: string, options: Options): MusterError {
  return new MusterError('DiskFull', `the queue in ${path} cannot be written: the disk is full`, options)
}

function unwritable(path: string, why: string, options: Options): MusterError {
  return new MusterError('StoreDamaged', `the queue in ${path} cannot be used: ${why}`, {
    ...options,
    suggestions: [`ls -ld ${shellQuote(dirname(path))}`, 'df -h'],
  })
}
