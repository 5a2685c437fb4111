import { isUtf8 } from 'node:buffer'
import { constants, open } from 'node:fs/promises'

/** Larger files are not configuration but a mistake. */
const MAX_BYTES = 1024 * 1024

/** The text of a file that a person wrote, or why it is none; `missing` is kept apart, since it is often allowed. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unfit'; readonly why: string }

export async function readText(path: string): Promise<TextFile> {
  try {
    // Not to block on a named pipe that nobody writes to.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = await file.stat()
    if (stat.isDirectory()) return unfit('is a folder, not a file')
    if (!stat.isFile()) return unfit('is no ordinary file')
    if (stat.size > MAX_BYTES) return unfit(`has ${stat.size} bytes; at most 1 MiB is read`)
    return decode(await file.readFile())
  } catch (error) {
    return whyUnreadable(error as NodeJS.ErrnoException)
  }
}

function decode(bytes: Buffer): TextFile {
  if (bytes.includes(0)) return unfit('is a binary file, not text')
  if (!isUtf8(bytes)) return unfit('is not UTF-8 text')
  return { kind: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
}

function whyUnreadable(error: NodeJS.ErrnoException): TextFile {
  const code = error.code ?? error.message
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
  if (code === 'EACCES' || code === 'EPERM') return unfit('cannot be read: permission denied')
  return unfit(`cannot be read: ${code}`)
}

const unfit = (why: string): TextFile => ({ kind: 'unfit', why })
