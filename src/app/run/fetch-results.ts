import { join } from 'node:path'
import { layout } from '../../core/job/layout.ts'
import type { JobEnd } from '../job/follow.ts'
import type { Services } from '../services.ts'
import { unpackArchive } from '../transfer/unpack.ts'

/** Brings the outputs of a job into its results folder, each host's in its own where several have some; counts the files. */
export async function fetchResults(
  job: string,
  outputs: JobEnd['outputs'],
  folder: string,
  services: Services,
  signal: AbortSignal,
): Promise<number> {
  const { objects, events, clock } = services
  let files = 0
  for (const { host } of outputs) {
    const began = clock.now()
    const archive = await objects.getStream(layout.outputs(job, host), signal)
    if (!archive) continue
    const total = archive.size
    const onProgress = (done: number) =>
      events.emit('transfer.progress', { what: 'download', name: 'outputs', done, total })
    const target = outputs.length > 1 ? join(folder, host) : folder
    const unpacked = await unpackArchive(archive.body, target, onProgress)
    files += unpacked.files
    for (const message of unpacked.warnings) events.emit('warning', { message, hint: null })
    events.emit('transfer.done', {
      what: 'download',
      name: 'outputs',
      bytes: total,
      ms: clock.now() - began,
      reused: false,
    })
  }
  return files
}
