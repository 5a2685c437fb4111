/** RFC 3986 encoding as SigV4 wants it: everything but letters, digits and `-._~`, from UTF-8, upper-case hex. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Percent-decodes byte by byte into a binary string and encodes again: one writing for all ways to send the same bytes. Never
 * fails: a lone `%` stands for itself. With `plus`, `+` means a space, as in queries.
 */
export function normalize(sent: string, plus: boolean): string {
  const bytes = Buffer.from(sent, 'utf8')
  let out = ''
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at] ?? 0
    if (byte === 0x25 && isHex(bytes[at + 1]) && isHex(bytes[at + 2])) {
      byte = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16)
      at += 2
    } else if (plus && byte === 0x2b) byte = 0x20
    out += encoded[byte] ?? ''
  }
  return out
}

const encoded = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return /[A-Za-z0-9\-._~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
})

function isHex(byte: number | undefined): boolean {
  return byte !== undefined && /[0-9A-Fa-f]/.test(String.fromCharCode(byte))
}
