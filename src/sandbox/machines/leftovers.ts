import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { homeMark, markVariable } from './home-mark.ts'
import { endMarkedProcesses } from './marked-processes.ts'
import { removeFolder } from './remove-folder.ts'

/**
 * Ends and removes what an earlier sandbox with this home left when it was killed: processes and the namespaces, mounts and
 * network that live with them, then the nodes' folders. Nothing else has a name. Only for a home whose sandbox does not run.
 */
export async function cleanLeftovers(home: string): Promise<void> {
  await endMarkedProcesses(markVariable, homeMark(home))
  const nodes = join(home, 'nodes')
  const folders = await readdir(nodes).catch(() => [])
  await Promise.all(folders.map((name) => removeFolder(join(nodes, name))))
}
