import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import type { FolderEntry, FolderPlan } from './plan-folder.ts'
import { readPlanned } from './read-planned.ts'

const PARALLEL = 4

/**
 * The SHA-256, in hex, of everything that the archive of this plan would have: paths, kinds, the right to execute, contents
 * and where links lead; not of times, owners, or the folder's own place. Throws TransferFailed.
 */
export async function contentHash(plan: FolderPlan, signal?: AbortSignal): Promise<string> {
  const limit = pLimit(PARALLEL)
  try {
    const lines = await Promise.all(plan.entries.map(async (entry) => limit(async () => describe(plan, entry, signal))))
    const hash = createHash('sha256').update('muster folder 1\n')
    for (const line of lines) hash.update(`${JSON.stringify(line)}\n`)
    return hash.digest('hex')
  } finally {
    limit.clearQueue()
  }
}

async function describe(plan: FolderPlan, entry: FolderEntry, signal?: AbortSignal): Promise<readonly unknown[]> {
  if (entry.kind === 'folder') return ['folder', entry.path]
  if (entry.kind === 'link') return ['link', entry.path, entry.target]
  const hash = createHash('sha256')
  for await (const piece of readPlanned(plan, entry, signal)) hash.update(piece)
  return ['file', entry.path, entry.isExecutable, entry.size, hash.digest('hex')]
}
