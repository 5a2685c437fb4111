import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import type { FolderEntry, FolderPlan } from './plan-folder.ts'
import { readPlanned } from './read-planned.ts'
import { transferError } from './transfer-error.ts'

/** The least compression: uplinks are slow, but not so slow that more would pay. */
const LEVEL = 1

/**
 * Packs a plan as tar.gz: no times, no owners, so that the same content gives the same bytes. Memory stays the same
 * whatever the size. `onProgress` gets the bytes of content packed so far, out of `plan.bytes`.
 *
 * Throws TransferFailed where a file cannot be read or has changed, DiskFull; then no archive is left.
 */
export async function writeArchive(
  plan: FolderPlan,
  path: string,
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<{ readonly bytes: number }> {
  const tar = pack()
  const zipped = pipeline(Readable.from(tar), createGzip({ level: LEVEL }), createWriteStream(path))
  const packed = packAll(plan, tar, signal, onProgress)
  // Whichever fails first ends the other: a full disk stops the reading, a changed file the writing.
  zipped.catch((error: unknown) => tar.destroy(error as Error))
  packed.catch((error: unknown) => tar.destroy(error as Error))
  const outcomes = await Promise.allSettled([packed, zipped])
  const failure = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as unknown) : null))
  const error = firstCause(failure[0], failure[1])
  if (error === null) return { bytes: (await stat(path)).size }
  await rm(path, { force: true })
  signal?.throwIfAborted()
  const what = `pack ${plan.folder}`
  throw transferError(error, { what, into: dirname(path), bytesNeeded: plan.bytes })
}

/** Of two failures the one that was not brought about by the other. */
function firstCause(packing: unknown, zipping: unknown): unknown {
  const code = (zipping as NodeJS.ErrnoException | null)?.code
  return code !== undefined && code !== 'ERR_STREAM_PREMATURE_CLOSE' ? zipping : (packing ?? zipping)
}

async function packAll(
  plan: FolderPlan,
  tar: Pack,
  signal: AbortSignal | undefined,
  onProgress: ((done: number) => void) | undefined,
): Promise<void> {
  let done = 0
  for (const entry of plan.entries) {
    signal?.throwIfAborted()
    if (entry.kind !== 'file') {
      tar.entry(headerOf(entry))
      continue
    }
    const target = tar.entry(headerOf(entry))
    const counted = async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        yield piece
        done += piece.length
        onProgress?.(done)
      }
    }
    await pipeline(counted(readPlanned(plan, entry, signal)), target)
  }
  tar.finalize()
}

function headerOf(entry: FolderEntry): Parameters<Pack['entry']>[0] {
  const common = { mtime: new Date(0), uid: 0, gid: 0 }
  if (entry.kind === 'folder') return { ...common, name: entry.path, type: 'directory', mode: 0o755 }
  if (entry.kind === 'link')
    return { ...common, name: entry.path, type: 'symlink', linkname: entry.target, mode: 0o777 }
  return { ...common, name: entry.path, type: 'file', size: entry.size, mode: entry.isExecutable ? 0o755 : 0o644 }
}
