import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyTree } from '../copy-tree.ts'

/** What belongs to one machine and one boot: host keys, sockets, process ids, logs of the sandbox's own. */
const PASSING = ['run', 'tmp', 'etc/ssh', 'var/log/agent.log', 'var/log/sshd.log']

/** Copies a process node's folder but for what belongs to this boot. */
export async function saveRoot(root: string, to: string): Promise<void> {
  await copyTree(root, to)
  for (const name of PASSING) rmSync(join(to, name), { recursive: true, force: true })
}

/** Begins a node with what another had. */
export function restoreRoot(disk: string | null, root: string): void {
  if (disk !== null) cpSync(disk, root, { recursive: true, verbatimSymlinks: true })
}
