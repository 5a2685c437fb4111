import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { MusterError } from '../../core/errors/muster-error.ts'
import { fileVersion, type FileEntry, type FolderPlan } from './plan-folder.ts'
import { transferError } from './transfer-error.ts'

const CHUNK_BYTES = 256 * 1024

/**
 * The content of a file of the plan, piece by piece: exactly as many bytes as were planned. Throws TransferFailed where it
 * cannot be read or is not the same any more, so that what is sent is always what was hashed.
 */
export async function* readPlanned(
  plan: FolderPlan,
  entry: FileEntry,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const path = join(plan.folder, entry.path)
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const refuseChanged = async () => {
      if (fileVersion(await file.stat({ bigint: true })) !== entry.version) throw changed(path)
    }
    await refuseChanged()
    for (let left = entry.size; left > 0;) {
      signal?.throwIfAborted()
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(Math.min(CHUNK_BYTES, left)))
      if (bytesRead === 0) throw changed(path)
      left -= bytesRead
      yield buffer.subarray(0, bytesRead)
    }
    await refuseChanged()
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason
    throw transferError(error, { what: `read ${path}`, into: null })
  }
}

function changed(path: string): MusterError {
  return new MusterError('TransferFailed', `${path} changed while it was being packed`, {
    suggestions: ['run the same command again', 'leave it out with a pattern under ignore'],
    data: { path },
  })
}
