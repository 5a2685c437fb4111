import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import { onTestFinished } from 'vitest'

/** An empty folder that is removed when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-transfer-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** `-> x` is a link to x, `*text` an executable file, null a folder, anything else a file. */
export type Tree = Readonly<Record<string, string | Uint8Array | null>>

export async function fill(folder: string, tree: Tree): Promise<string> {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    if (content === null) await mkdir(path)
    else if (typeof content === 'string' && content.startsWith('-> ')) await symlink(content.slice(3), path)
    else {
      await writeFile(path, content)
      if (typeof content === 'string' && content.startsWith('*')) await chmod(path, 0o755)
    }
  }
  return folder
}

export const folderWith = async (tree: Tree): Promise<string> => fill(await emptyFolder(), tree)

/** What lies in a folder, as a tree. */
export async function treeOf(folder: string): Promise<Record<string, string | null>> {
  const names = await readdir(folder, { recursive: true })
  const entries = names.toSorted().map(async (name): Promise<[string, string | null]> => {
    const path = join(folder, name)
    const stat = await lstat(path)
    if (stat.isSymbolicLink()) return [name, `-> ${await readlink(path)}`]
    return [name, stat.isDirectory() ? null : await readFile(path, 'utf8')]
  })
  return Object.fromEntries(await Promise.all(entries))
}

type Header = Parameters<Pack['entry']>[0]

/** A tar.gz of exactly these entries, however strange. */
export async function archiveOf(...entries: readonly (Header & { readonly text?: string })[]): Promise<Buffer> {
  const tar = pack()
  for (const { text, ...header } of entries) {
    if (text === undefined) tar.entry(header)
    else tar.entry(header, text)
  }
  tar.finalize()
  return gzipSync(await buffer(tar))
}

/** In small pieces, as a network brings them. */
export function arriving(bytes: Uint8Array, piece = 1000): Readable {
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) =>
    bytes.slice(n * piece, (n + 1) * piece),
  )
  return Readable.from(pieces)
}
