import { existsSync, realpathSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endProcesses } from '../agent/processes.ts'
import { homeMark, markVariable } from './home-mark.ts'
import { requestSocket } from './process/node-settings.ts'
import { removeFolder } from './remove-folder.ts'

/**
 * Ends and removes what an earlier sandbox with this home left when it was killed: processes and the namespaces, mounts and
 * network that live with them, then the nodes' folders. Nothing else has a name. Only for a home whose sandbox does not run.
 */
export async function cleanLeftovers(home: string): Promise<void> {
  if (!existsSync(home)) return
  const nodes = join(realpathSync(home), 'nodes')
  const mark = `${markVariable}=${homeMark(home)}`
  await endProcesses({
    environment: (assignment) => assignment === mark || assignment.startsWith(`MUSTER_NODE_ROOT=${nodes}/`),
    command: (words) => words.includes(`${nodes}/`) && words.includes('/etc/ssh/sshd_config'),
  })
  const folders = await readdir(nodes).catch(() => [])
  await Promise.all(
    folders.map(async (name) => {
      await rm(requestSocket(join(nodes, name)), { force: true })
      await removeFolder(join(nodes, name))
    }),
  )
}
