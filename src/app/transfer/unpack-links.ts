import { lstat, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

/** A symbolic link of an archive; made when everything else is there, so that nothing is ever written through one. */
export interface PendingLink {
  readonly path: string
  readonly target: string
}

/** Makes the links that stay inside of the folder and returns those that were left out. */
export async function makeLinks(root: string, links: readonly PendingLink[]): Promise<PendingLink[]> {
  const leftOut: PendingLink[] = []
  const made: PendingLink[] = []
  for (const link of links) {
    const isMade = staysInside(root, link) && (await makeLink(root, link))
    ;(isMade ? made : leftOut).push(link)
  }
  // Two links that stay inside, each for itself, may lead out together: a -> . and b -> a/..
  const real = await realpath(root)
  for (const link of made) {
    if (await leadsInside(join(root, link.path), real)) continue
    await rm(join(root, link.path), { force: true })
    leftOut.push(link)
  }
  return leftOut
}

function staysInside(root: string, { path, target }: PendingLink): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0')) return false
  const end = resolve(root, dirname(path), target)
  return end === root || end.startsWith(root + sep)
}

async function makeLink(root: string, { path, target }: PendingLink): Promise<boolean> {
  const place = join(root, path)
  const there = await lstat(place).catch(() => null)
  if (there?.isDirectory() === true) return false
  await rm(place, { force: true })
  await symlink(target, place)
  return true
}

async function leadsInside(place: string, realRoot: string): Promise<boolean> {
  try {
    const end = await realpath(place)
    return end === realRoot || end.startsWith(realRoot + sep)
  } catch {
    // It leads to nothing (yet) or in a circle.
    return true
  }
}
