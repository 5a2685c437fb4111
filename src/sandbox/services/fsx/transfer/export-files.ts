import type { ObjectDirectory } from '../../../world.ts'
import { openFile, openPath, openRoot } from './inside.ts'
import type { Place } from './place.ts'
import { posixMetadata } from './posix-metadata.ts'
import { attempt, type Progress } from './progress.ts'
import { walk, type Found } from './walk.ts'

/** What of a file system is in S3 already: by path from its root, what the file was when it came or went. */
export type Synced = Map<string, string>

export interface ExportJob {
  /** The file system's folder. */
  readonly root: string
  /** The linked folder. */
  readonly linked: readonly string[]
  readonly to: Place
  /** Paths from the linked folder, to which the export is limited; an empty list is all of it. */
  readonly only: readonly string[]
  readonly synced: Synced
}

/** Copies what is new or has changed since it last came or went. Files that were deleted stay in S3. */
export async function exportFiles(job: ExportJob, objects: ObjectDirectory, progress: Progress): Promise<void> {
  const root = await openRoot(job.root)
  try {
    const folder = await openPath(root, job.linked, false)
    try {
      for await (const found of walk(folder)) {
        if (progress.isCancelled) return
        if (!isMeant(found.path, job.only)) continue
        const path = [...job.linked, found.path].join('/')
        const state = stateOf(found)
        if (job.synced.get(path) === state) continue
        await attempt(progress, path, async () => {
          await put(found, job.to, objects)
          job.synced.set(path, state)
        })
      }
    } finally {
      await folder.handle.close()
    }
  } finally {
    await root.handle.close()
  }
}

/** What a file is, as far as one can tell without reading it. */
export function stateOf({ kind, size, mtimeNs, mode, target }: Omit<Found, 'folder' | 'path' | 'name'>): string {
  return kind === 'folder' ? `folder ${mode}` : `${kind} ${size} ${mtimeNs} ${mode} ${target}`
}

function isMeant(path: string, only: readonly string[]): boolean {
  return only.length === 0 || only.some((one) => path === one || path.startsWith(`${one}/`))
}

async function put(found: Found, { bucket, prefix }: Place, objects: ObjectDirectory): Promise<void> {
  const metadata = posixMetadata(found)
  const key = `${prefix}${found.path}`
  if (found.kind === 'folder') return void (await objects.write(bucket, `${key}/`, [], metadata))
  if (found.kind === 'link') return void (await objects.write(bucket, key, [Buffer.from(found.target)], metadata))
  const file = await openFile(found.folder, found.name)
  try {
    await objects.write(bucket, key, file.createReadStream({ autoClose: false, highWaterMark: 1 << 18 }), metadata)
  } finally {
    await file.close()
  }
}
