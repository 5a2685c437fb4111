import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { copyTree } from '../copy-tree.ts'
import type { HostFacts } from './host-facts.ts'
import { ownFolders } from './places.ts'

/** What is of one boot only. */
const PASSING: ReadonlySet<string> = new Set(['tmp', 'var-tmp'])

/** Copies the layers that a node has written, with the marks by which overlayfs knows what was deleted. Its /tmp stays behind. */
export async function saveNodeDisk(folder: string, to: string, host: HostFacts): Promise<void> {
  // Every node writes this file as it boots: without it the layer lies in memory, where only the node sees it.
  if (!existsSync(join(folder, 'upper/etc/hostname')) && !existsSync(separateEtc(folder, host)))
    throw new Error('the disk of this node lies in memory and cannot be copied')
  const kept = ownFolders.filter(({ name }) => !PASSING.has(name)).map(({ name }) => join('own', name))
  const separate = [...host.separate.keys()].map((index) => join('separate', String(index), 'upper'))
  for (const part of ['upper', ...separate, ...kept]) {
    mkdirSync(join(to, part), { recursive: true })
    await copyTree(join(folder, part), join(to, part))
  }
}

/** /etc may be a file system of its own. */
function separateEtc(folder: string, { separate }: HostFacts): string {
  return join(folder, 'separate', String(separate.indexOf('/etc')), 'upper/hostname')
}
