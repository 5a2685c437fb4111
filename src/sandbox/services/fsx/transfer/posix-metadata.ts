import type { Found } from './walk.ts'

/**
 * How FSx keeps what S3 has no place for: user metadata of the object (FSx for Lustre guide, posix-metadata-support.html: names, octal
 * permissions with the kind of file, times in nanoseconds with their unit).
 */
export function posixMetadata({ mode, owner, group, mtimeNs }: Found): Record<string, string> {
  return {
    'user-agent': 'aws-fsx-lustre',
    'file-permissions': `0${mode.toString(8)}`,
    'file-owner': String(owner),
    'file-group': String(group),
    'file-atime': `${mtimeNs}ns`,
    'file-mtime': `${mtimeNs}ns`,
  }
}

export interface PosixFacts {
  readonly kind: 'file' | 'folder' | 'link'
  /** Permission bits. */
  readonly mode: number
}

/** Objects that did not come from a file system become files of root's with permissions 755 (the same page). */
export function posixFacts(key: string, metadata: Readonly<Record<string, string>>): PosixFacts {
  const given = metadata['file-permissions']
  const mode = given !== undefined && /^[0-7]{1,8}$/.test(given) ? Number.parseInt(given, 8) : null
  const bits = mode === null ? 0o755 : mode & 0o777
  if (key.endsWith('/')) return { kind: 'folder', mode: bits }
  const isLink = mode !== null && (mode & 0o170000) === 0o120000
  return { kind: isLink ? 'link' : 'file', mode: bits }
}
