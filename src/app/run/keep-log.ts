import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { OutputChunk, OutputSink } from '../../ports/output-sink.ts'

export interface LogKeeper extends OutputSink {
  /** Resolves with the number of files when all bytes are on the disk. */
  close(): Promise<number>
}

/**
 * Writes a job's whole output below its results folder (`stdout.log`, `stderr.log`; `node-1.stdout.log` where several nodes have
 * streams) and hands every chunk on.
 */
export async function keepLog(folder: string, severalSources: boolean, next: OutputSink): Promise<LogKeeper> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new MusterError('TransferFailed', `the results folder ${folder} cannot be made: ${messageOf(error)}`, {
      cause: error,
    })
  })
  const files = new Map<string, WriteStream>()
  let failure: unknown = null
  /** Resolves when the bytes are with the operating system, or never will be: then `failure` says why. */
  const put = (chunk: OutputChunk): Promise<void> =>
    new Promise((resolve) => {
      fileOf(chunk).write(chunk.bytes, () => resolve())
    })
  const fileOf = ({ source, stream }: OutputChunk): WriteStream => {
    const name = severalSources ? `${source}.${stream}.log` : `${stream}.log`
    const open = files.get(name)
    if (open) return open
    const file = createWriteStream(join(folder, name))
    file.on('error', (error) => {
      failure ??= error
    })
    files.set(name, file)
    return file
  }
  return {
    write: async (chunk) => {
      await Promise.all([failure === null ? put(chunk) : undefined, next.write(chunk)])
    },
    close: async () => {
      await Promise.all([...files.values()].map((file) => finished(file.end()).catch(() => undefined)))
      if (failure !== null) throw logFailure(folder, failure)
      return files.size
    },
  }
}

function logFailure(folder: string, error: unknown): MusterError {
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC'
  const message = full
    ? `no space is left for the job's log in ${folder}`
    : `the job's log cannot be written to ${folder}: ${messageOf(error)}`
  return new MusterError(full ? 'DiskFull' : 'TransferFailed', message, { cause: error })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
