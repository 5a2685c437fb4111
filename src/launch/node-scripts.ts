import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { packFiles } from './archive.ts'

const folder = new URL('../../templates/node/', import.meta.url)

/**
 * The scripts of `templates/node` as one tar.gz and its sha256 in hex: their name in the bucket and, cut to twelve digits,
 * their folder on a node. The same scripts give the same bytes: no times, no owners, sorted.
 */
export async function nodeScripts(): Promise<{ sha256: string; archive: Uint8Array }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sh')).toSorted()
  const files = await Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, folder)) })))
  const archive = await packFiles(files)
  return { sha256: createHash('sha256').update(archive).digest('hex'), archive }
}
