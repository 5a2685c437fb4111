import { isUtf8 } from 'node:buffer'
import type { BigIntStats } from 'node:fs'
import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { MusterError } from '../../core/errors/muster-error.ts'
import { readIgnoreRules } from './ignore-rules.ts'
import { transferError } from './transfer-error.ts'

/** What of a folder goes up, as it was when it was looked at. */
export interface FolderPlan {
  /** Absolute. */
  readonly folder: string
  /** Sorted by path; a folder comes before what is in it. */
  readonly entries: readonly FolderEntry[]
  /** Of all files together. */
  readonly bytes: number
  /** What was passed over, and why. */
  readonly warnings: readonly string[]
}

export type FolderEntry = FileEntry | LinkEntry | { readonly kind: 'folder'; readonly path: string }

export interface FileEntry {
  readonly kind: 'file'
  /** Relative to the folder, with slashes. */
  readonly path: string
  readonly size: number
  readonly isExecutable: boolean
  /** Changes whenever the content does: inode and time of the last change. */
  readonly version: string
}

export interface LinkEntry {
  readonly kind: 'link'
  readonly path: string
  /** As it is written, also where it leads out of the folder. */
  readonly target: string
}

/** More is a home folder by mistake, not a job's. */
const MOST_ENTRIES = 1_000_000
const PARALLEL = 16

/**
 * Looks through a folder, leaving out what the patterns (.gitignore syntax) name. Throws TransferFailed naming what cannot
 * be read.
 */
export async function planFolder(folder: string, ignorePatterns: readonly string[]): Promise<FolderPlan> {
  const isIgnored = await readIgnoreRules(folder, ignorePatterns)
  const limit = pLimit(PARALLEL)
  const entries: FolderEntry[] = []
  const warnings: string[] = []
  const waiting = ['']
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const paths = await listFolder(folder, next, warnings)
    const found = await Promise.all(paths.map(async (path) => limit(async () => look(folder, path, isIgnored))))
    for (const one of found) {
      if (one === null) continue
      if (typeof one === 'string') warnings.push(one)
      else entries.push(one)
      if (typeof one === 'object' && one.kind === 'folder') waiting.push(one.path)
    }
    if (entries.length > MOST_ENTRIES) throw tooMany(folder)
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1))
  const bytes = entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.size : 0), 0)
  return { folder, entries, bytes, warnings }
}

async function listFolder(folder: string, path: string, warnings: string[]): Promise<string[]> {
  const names = await readdir(join(folder, path), { encoding: 'buffer' }).catch((error: unknown) => {
    throw transferError(error, { what: `read the folder ${join(folder, path)}`, into: null })
  })
  return names.flatMap((name) => {
    const inside = path === '' ? name.toString('utf8') : `${path}/${name.toString('utf8')}`
    if (isUtf8(name)) return [inside]
    warnings.push(`${inside} stays behind: its name is not UTF-8`)
    return []
  })
}

/** The entry, or why it stays behind; null for what is ignored or has just gone. */
async function look(
  folder: string,
  path: string,
  isIgnored: (path: string, isFolder: boolean) => boolean,
): Promise<FolderEntry | string | null> {
  const whole = join(folder, path)
  try {
    const stat = await lstat(whole, { bigint: true })
    if (isIgnored(path, stat.isDirectory())) return null
    if (stat.isDirectory()) return { kind: 'folder', path }
    if (stat.isSymbolicLink()) return { kind: 'link', path, target: await readlink(whole) }
    if (!stat.isFile()) return `${path} stays behind: it is ${strange(stat)}`
    const isExecutable = (stat.mode & 0o100n) !== 0n
    return { kind: 'file', path, size: Number(stat.size), isExecutable, version: fileVersion(stat) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw transferError(error, { what: `look at ${whole}`, into: null })
  }
}

export function fileVersion(stat: BigIntStats): string {
  return `${stat.ino}-${stat.size}-${stat.mtimeNs}`
}

function strange(stat: BigIntStats): string {
  if (stat.isSocket()) return 'a socket'
  return stat.isFIFO() ? 'a named pipe' : 'a device'
}

function tooMany(folder: string): MusterError {
  return new MusterError('TransferFailed', `${folder} has more than ${MOST_ENTRIES} files: that is no job's folder`, {
    suggestions: ['name a smaller folder with workdir, or leave some out with ignore'],
    data: { folder },
  })
}
