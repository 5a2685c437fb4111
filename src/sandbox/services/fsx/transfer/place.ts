/** A bucket and what its keys begin with, empty or ending in a slash. */
export interface Place {
  readonly bucket: string
  readonly prefix: string
}

/** Reads `s3://bucket/prefix/`; undefined for anything else. */
export function placeOf(path: string): Place | undefined {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(path)
  if (!match) return undefined
  const prefix = (match[2] ?? '').replace(/\/+$/, '')
  return { bucket: match[1]!, prefix: prefix === '' ? '' : `${prefix}/` }
}

/** The folders of a path of the file system, without empty ones; undefined where it would lead out of it. */
export function namesOf(path: string): readonly string[] | undefined {
  const names = path.split('/').filter((name) => name !== '')
  return names.some((name) => name === '.' || name === '..' || name.includes('\0')) ? undefined : names
}
