import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { mountedBelow } from './mount-table.ts'

const run = promisify(execFile)

/**
 * Deletes a node's folder, but never through a mount: behind one may lie shared data or the machine's own root. What is
 * mounted below is unmounted first; if something stays mounted, nothing is deleted and the error names it.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (const point of await mountedBelow(folder)) await run('umount', ['-l', '--', point]).catch(() => {})
  const left = await mountedBelow(folder)
  if (left.length > 0) {
    throw new Error(`cannot delete ${folder}: ${left.join(', ')} is still mounted; try: umount -l ${left[0] ?? ''}`)
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
}
