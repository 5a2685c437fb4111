import { entriesOf, entryOf, linkOf, openFolder, type Inside } from './inside.ts'

/** Something in a file system, with the open folder that it is in. */
export interface Found {
  /** From the folder where the walk began: `a/b.txt`. */
  readonly path: string
  readonly name: string
  readonly folder: Inside
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
  readonly mtimeNs: bigint
  readonly mode: number
  readonly owner: number
  readonly group: number
  /** Of a link. */
  readonly target: string
}

/** Everything below a folder, a folder before what is in it. Sockets and the like are passed over; so is what goes away meanwhile. */
export async function* walk(folder: Inside, prefix = ''): AsyncGenerator<Found> {
  for (const name of (await entriesOf(folder)).toSorted()) {
    const stat = await entryOf(folder, name).catch(() => null)
    const kind = stat === null ? null : kindOf(stat)
    if (stat === null || kind === null) continue
    const path = `${prefix}${name}`
    yield {
      path,
      name,
      folder,
      kind,
      size: Number(stat.size),
      mtimeNs: stat.mtimeNs,
      mode: Number(stat.mode),
      owner: Number(stat.uid),
      group: Number(stat.gid),
      target: kind === 'link' ? await linkOf(folder, name).catch(() => '') : '',
    }
    if (kind !== 'folder') continue
    const inner = await openFolder(folder, name).catch(() => null)
    if (inner === null) continue
    try {
      yield* walk(inner, `${path}/`)
    } finally {
      await inner.handle.close()
    }
  }
}

function kindOf(stat: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }): Found['kind'] | null {
  if (stat.isFile()) return 'file'
  if (stat.isDirectory()) return 'folder'
  return stat.isSymbolicLink() ? 'link' : null
}
