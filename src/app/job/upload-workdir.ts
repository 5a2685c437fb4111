import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layout } from '../../core/job/layout.ts'
import type { Services } from '../services.ts'
import { contentHash } from '../transfer/content-hash.ts'
import type { FolderPlan } from '../transfer/plan-folder.ts'
import { writeArchive } from '../transfer/write-archive.ts'

/** Sends a job's folder up, once per content; resolves with its key in the bucket. */
export async function uploadWorkdir(plan: FolderPlan, services: Services, signal: AbortSignal): Promise<string> {
  const { objects, events, clock } = services
  const began = clock.now()
  const key = layout.archive(await contentHash(plan, signal))
  await objects.ensure()
  if (await objects.has(key)) {
    events.emit('transfer.done', {
      what: 'upload',
      name: 'job folder',
      bytes: 0,
      ms: clock.now() - began,
      reused: true,
    })
    return key
  }
  const folder = await mkdtemp(join(tmpdir(), 'muster-upload-'))
  try {
    const path = join(folder, 'workdir.tar.gz')
    const progress = (name: string, total: number) => (done: number) =>
      events.emit('transfer.progress', { what: 'upload', name, done, total })
    const { bytes } = await writeArchive(plan, path, signal, progress('job folder (packing)', plan.bytes))
    await objects.putFile(key, path, progress('job folder', bytes), signal)
    events.emit('transfer.done', { what: 'upload', name: 'job folder', bytes, ms: clock.now() - began, reused: false })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return key
}
