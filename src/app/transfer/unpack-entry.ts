import { constants, copyFile, lstat, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Header } from 'tar-stream'
import { createFolders, refused, safePath } from './safe-path.ts'
import type { Doing } from './transfer-error.ts'
import { makeLinks, type PendingLink } from './unpack-links.ts'

export interface Unpacked {
  /** Files that were written, links included. */
  readonly files: number
  /** Their content, in bytes. */
  readonly bytes: number
  /** What was left out, each with the reason: links that lead out of the folder, devices. */
  readonly warnings: readonly string[]
}

/** Puts one entry of an archive after the other where it belongs; knows nothing of streams and compression. */
export interface Unpacker {
  begin(): Promise<void>
  take(header: Header, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Makes the links, last of all. */
  finish(): Promise<Unpacked>
  /** What it was at, for an error to tell; null between entries. */
  doing(): Doing | null
}

export function createUnpacker(root: string): Unpacker {
  const folders = createFolders(root)
  const links: PendingLink[] = []
  const warnings: string[] = []
  let doing: Doing | null = null
  let files = 0
  let bytes = 0

  async function put(path: string, header: Header, content: AsyncIterable<Uint8Array>): Promise<void> {
    await folders.ensureParent(path)
    if (header.type === 'file' || header.type === 'contiguous-file') {
      bytes += await writeFile(join(root, path), content, header)
      files += 1
      return
    }
    // What nobody wants has to be read all the same: the next entry comes after it.
    for await (const _ of content);
    if (header.type === 'symlink') links.push({ path, target: header.linkname })
    else if (header.type === 'link') {
      await folders.ensureParent(safePath(header.linkname))
      bytes += await copyLinked(root, path, header.linkname)
      files += 1
    } else warnings.push(`${path} is left out: it is a ${header.type}`)
  }

  return {
    begin: async () => folders.ensure(''),
    async take(header, content) {
      const path = safePath(header.name)
      doing = { what: `write ${join(root, path)}`, into: root, bytesNeeded: header.size }
      if (path === '' || header.type === 'directory') await folders.ensure(path)
      else await put(path, header, content)
      doing = null
    },
    async finish() {
      const leftOut = await makeLinks(root, links)
      for (const { path, target } of leftOut) {
        warnings.push(`${path} is left out: it is a link to ${target}, outside of the folder`)
      }
      return { files: files + links.length - leftOut.length, bytes, warnings }
    },
    doing: () => doing,
  }
}

/** Always a new file, so that neither a link nor another name of the old one is written through. */
async function writeFile(place: string, content: AsyncIterable<Uint8Array>, header: Header): Promise<number> {
  await makeRoom(place, header.name)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  // Neither setuid, setgid nor sticky; always ours to read and write.
  await using file = await open(place, flags, (header.mode & 0o777) | 0o600)
  let bytes = 0
  for await (const piece of content) {
    for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten
    bytes += piece.length
  }
  return bytes
}

/** Another name of a file that came before becomes a file of its own. */
async function copyLinked(root: string, path: string, linkname: string): Promise<number> {
  const source = join(root, safePath(linkname))
  const stat = await lstat(source).catch(() => null)
  if (stat?.isFile() !== true) throw refused(path, `it is another name of ${linkname}, which is no file`)
  if (source === join(root, path)) return 0
  await makeRoom(join(root, path), path)
  await copyFile(source, join(root, path), constants.COPYFILE_EXCL)
  return stat.size
}

async function makeRoom(place: string, name: string): Promise<void> {
  const there = await lstat(place).catch(() => null)
  if (there?.isDirectory() === true) throw refused(name, 'a folder of that name is there')
  await rm(place, { force: true })
}
