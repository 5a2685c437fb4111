/** Where a Range header points in content of so many bytes; both ends are inside. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * Reads `bytes=0-99`, `bytes=100-` and `bytes=-50`. `whole` where there is no range or one that S3 ignores (several ranges, other units,
 * nonsense), `unsatisfiable` where it lies behind the end.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (match === null || (match[1] === '' && match[2] === '')) return 'whole'
  const [, from = '', to = ''] = match
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return 'whole'
  return first >= size ? 'unsatisfiable' : { first, last }
}
