import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ignore from 'ignore'
import { transferError } from './transfer-error.ts'

/** What stays behind unless a later pattern brings it back (`!results/`). */
const ALWAYS = ['.git', 'node_modules', '/results/']

const OWN_FILE = '.musterignore'

/** True for what stays behind; paths are relative to the folder, with slashes. */
export type IsIgnored = (path: string, isFolder: boolean) => boolean

/** The patterns of a folder, in .gitignore syntax, the last match wins: built in, its .musterignore, the job's `ignore:`. */
export async function readIgnoreRules(folder: string, patterns: readonly string[]): Promise<IsIgnored> {
  const own = await readFile(join(folder, OWN_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw transferError(error, { what: `read ${OWN_FILE}`, into: null })
  })
  const rules = ignore({ ignorecase: false }).add([...ALWAYS, ...own.split(/\r?\n/), ...patterns])
  return (path, isFolder) => rules.ignores(isFolder ? `${path}/` : path)
}
