import { isAbsolute, relative } from 'node:path'

/** A path as messages name it: relative where it lies below the current folder, absolute otherwise. */
export function shownPath(path: string, cwd: string): string {
  const shorter = relative(cwd, path)
  return shorter === '' || shorter.startsWith('..') || isAbsolute(shorter) ? path : shorter
}
