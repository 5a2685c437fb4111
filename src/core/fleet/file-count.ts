/** A file of a file system. */
export interface CountedFile {
  /** From the root: `jobs/heat/out.dat`. */
  readonly path: string
  readonly bytes: number
}

/** Reads what `templates/node/count.sh` writes: size, a space, path, NUL. */
export function parseFileCount(text: string): CountedFile[] {
  return text
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const space = entry.indexOf(' ')
      return { path: entry.slice(space + 1), bytes: Number(entry.slice(0, space)) }
    })
}

export interface Comparison {
  readonly files: number
  readonly bytes: number
  /** Files that are not in S3, or not with that size. */
  readonly missing: readonly string[]
  /** Files outside of all that is exported. */
  readonly outside: readonly string[]
}

/**
 * Holds what was counted against what is in S3, by path and size. `exported` are the linked folders without their slash (an empty one is
 * everything), each with the sizes that its place in S3 has.
 */
export function compareExport(
  counted: readonly CountedFile[],
  exported: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Comparison {
  const missing: string[] = []
  const outside: string[] = []
  for (const { path, bytes } of counted) {
    const folder = [...exported.keys()].find((one) => one === '' || path.startsWith(`${one}/`))
    if (folder === undefined) outside.push(path)
    else if (exported.get(folder)?.get(folder === '' ? path : path.slice(folder.length + 1)) !== bytes)
      missing.push(path)
  }
  return { files: counted.length, bytes: counted.reduce((sum, file) => sum + file.bytes, 0), missing, outside }
}
