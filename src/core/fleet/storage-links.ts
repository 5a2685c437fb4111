import type { NewStorage } from './storage-spec.ts'

/** A folder of the file system and the place in S3 that it is tied to: FSx's data repository association. */
export interface StorageLink {
  /** From the file system's root: `/data`; `/` is all of it. */
  readonly path: string
  /** `s3://bucket/prefix`, without a slash at its end. */
  readonly repository: string
  readonly direction: 'import' | 'export'
}

/** The folders that are exported where others are imported: jobs' own, and one for whatever they want to leave. */
export const EXPORTED_FOLDERS = ['jobs', 'export'] as const

/** FSx's limit for a file system (CreateDataRepositoryAssociation in the FSx API reference). */
export const MOST_LINKS = 8

/**
 * The links that a file system needs. Folders of two links must not overlap, and `/` goes with no other (FSx API reference), so that
 * everything is exported where nothing is imported, and beside imports only the folders that hold results. In the bucket the
 * same file has the same place either way.
 */
export function storageLinks({ imports, exportTo }: Pick<NewStorage, 'imports' | 'exportTo'>): readonly StorageLink[] {
  const wanted = imports.map(({ path, from }): StorageLink => ({ path, repository: from, direction: 'import' }))
  return [...wanted, ...exportLinks(exportTo, imports.length > 0)]
}

/** Of what is exported; `beside` is whether anything is imported. */
export function exportLinks(exportTo: string | null, beside: boolean): readonly StorageLink[] {
  if (exportTo === null) return []
  if (!beside) return [{ path: '/', repository: exportTo, direction: 'export' }]
  return EXPORTED_FOLDERS.map((name) => ({
    path: `/${name}`,
    repository: `${exportTo}/${name}`,
    direction: 'export' as const,
  }))
}

/** What an export task is asked for; empty is all of the file system. Imported folders are never written back. */
export function exportedPaths(links: readonly Pick<StorageLink, 'path' | 'direction'>[]): readonly string[] {
  const paths = links.filter(({ direction }) => direction === 'export').map(({ path }) => path.slice(1))
  return paths.includes('') ? [] : paths
}

/** Whether two S3 places have an object in common. */
export function overlap(a: string, b: string): boolean {
  const [left, right] = [`${a}/`, `${b}/`]
  return left.startsWith(right) || right.startsWith(left)
}
