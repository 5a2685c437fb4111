import type { ObjectDirectory } from '../../../world.ts'
import { stateOf, type Synced } from './export-files.ts'
import { createFile, createLink, entryOf, linkOf, openPath, openRoot, type Inside } from './inside.ts'
import { namesOf, type Place } from './place.ts'
import { posixFacts } from './posix-metadata.ts'
import { attempt, type Progress } from './progress.ts'

export interface ImportJob {
  /** The file system's folder. */
  readonly root: string
  /** The linked folder; made where it is missing. */
  readonly linked: readonly string[]
  readonly from: Place
  /** What the keys begin with: the linked prefix, or something below it. */
  readonly prefix: string
  readonly synced: Synced
}

/**
 * Makes files of objects, with their content at once: on AWS the content comes when a file is first read, which its readers cannot
 * tell. Keys that are no paths (`a//b`, `../c`) fail.
 */
export async function importObjects(job: ImportJob, objects: ObjectDirectory, progress: Progress): Promise<void> {
  const { bucket, prefix: base } = job.from
  const root = await openRoot(job.root)
  try {
    await (await openPath(root, job.linked, true)).handle.close()
    for (const object of objects.list(bucket, job.prefix)) {
      if (progress.isCancelled) return
      const names = namesOf(object.key.slice(base.length))
      if (names?.length === 0) continue
      const path = [...job.linked, ...(names ?? [object.key])].join('/')
      const facts = posixFacts(object.key, object.metadata)
      const isPlain =
        names !== undefined &&
        `${names.join('/')}${facts.kind === 'folder' ? '/' : ''}` === object.key.slice(base.length)
      await attempt(progress, path, async () => {
        if (names === undefined || !isPlain) throw new Error('UnsupportedPath')
        const folder = await openPath(root, [...job.linked, ...names.slice(0, -1)], true)
        try {
          const content = facts.kind === 'folder' ? [] : await objects.read(bucket, object.key)
          await make(folder, names.at(-1)!, facts, content)
          job.synced.set(path, await stateNow(folder, names.at(-1)!))
        } finally {
          await folder.handle.close()
        }
      })
    }
  } finally {
    await root.handle.close()
  }
}

async function make(
  folder: Inside,
  name: string,
  { kind, mode }: ReturnType<typeof posixFacts>,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  if (kind === 'folder') {
    const made = await openPath(folder, [name], true)
    try {
      return await made.handle.chmod(mode)
    } finally {
      await made.handle.close()
    }
  }
  if (kind === 'link') {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    return createLink(folder, name, Buffer.concat(pieces).toString('utf8'))
  }
  const file = await createFile(folder, name, mode)
  try {
    for await (const piece of content) await file.writeFile(piece)
    // Whatever the umask.
    await file.chmod(mode)
  } finally {
    await file.close()
  }
}

async function stateNow(folder: Inside, name: string): Promise<string> {
  const stat = await entryOf(folder, name)
  const kind = stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'file'
  return stateOf({
    kind,
    size: Number(stat.size),
    mtimeNs: stat.mtimeNs,
    mode: Number(stat.mode),
    owner: Number(stat.uid),
    group: Number(stat.gid),
    target: kind === 'link' ? await linkOf(folder, name) : '',
  })
}
