const TILDE = 0x7e
const DOT = 0x2e
const NEWLINES: readonly number[] = [0x0d, 0x0a]

/** Keys as they are to be sent, until `~.` is typed at the beginning of a line. `~~` there is one `~`. */
export function escapeKeys(): (keys: Uint8Array) => { readonly send: Uint8Array; readonly leaves: boolean } {
  let place: 'line-start' | 'tilde' | 'inside' = 'line-start'
  return (keys) => {
    const send: number[] = []
    for (const key of keys) {
      if (place === 'tilde' && key === DOT) return { send: Uint8Array.from(send), leaves: true }
      if (place === 'line-start' && key === TILDE) {
        place = 'tilde'
        continue
      }
      if (place === 'tilde' && key !== TILDE) send.push(TILDE)
      send.push(key)
      place = NEWLINES.includes(key) ? 'line-start' : 'inside'
    }
    return { send: Uint8Array.from(send), leaves: false }
  }
}
