import { gunzipSync } from 'node:zlib'

/** A part of the user data that runs, or one that this node leaves out and says so. */
export type UserDataPart =
  { readonly kind: 'script'; readonly bytes: Buffer } | { readonly kind: 'ignored'; readonly what: string }

/**
 * Takes user data apart as cloud-init does: gzip is undone, `#!` is a script, a MIME archive gives its parts. What only
 * cloud-init itself understands (`#cloud-config`, `#include`) is named, not run.
 */
export function userDataParts(data: Buffer): UserDataPart[] {
  const bytes = plain(data)
  const text = bytes.toString('latin1')
  if (/^(content-type:\s*multipart|mime-version:)/i.test(text)) return multipart(text)
  return bytes.toString('latin1').trim() === '' ? [] : [single(bytes, null)]
}

function single(bytes: Buffer, type: string | null): UserDataPart {
  const start = bytes.subarray(0, 64).toString('latin1')
  const firstLine = start.split('\n')[0]?.trim() ?? ''
  if (type === 'text/x-shellscript' || start.startsWith('#!')) return { kind: 'script', bytes }
  if (type === 'text/cloud-boothook' || start.startsWith('#cloud-boothook')) {
    return {
      kind: 'script',
      bytes: start.startsWith('#cloud-boothook') ? bytes.subarray(bytes.indexOf('\n') + 1) : bytes,
    }
  }
  const name = firstLine.startsWith('#') ? firstLine : (type ?? 'text/x-not-multipart')
  return { kind: 'ignored', what: `${name}: only shell scripts run on this node` }
}

function multipart(text: string): UserDataPart[] {
  const { headers, body } = splitHeaders(text)
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(headers.get('content-type') ?? '')?.[1]
  if (boundary === undefined) return [{ kind: 'ignored', what: 'a MIME archive without a boundary' }]
  const pieces = `\n${body}`.split(`\n--${boundary}`).slice(1)
  return pieces.flatMap((piece) => {
    if (piece.startsWith('--')) return []
    const part = splitHeaders(piece.replace(/^[^\n]*\n/, ''))
    const type = (part.headers.get('content-type') ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? 'text/plain'
    if (type.startsWith('multipart/')) return multipart(piece.replace(/^[^\n]*\n/, ''))
    return [single(plain(decoded(part.body, part.headers.get('content-transfer-encoding'))), type)]
  })
}

function splitHeaders(text: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const unfolded = head.replaceAll(/\r?\n[ \t]+/g, ' ')
  const headers = new Map<string, string>()
  for (const line of unfolded.split(/\r?\n/)) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) headers.set(name.toLowerCase(), value)
  }
  return { headers, body: end === null ? '' : text.slice(end.index + end[0].length) }
}

function decoded(body: string, encoding = '7bit'): Buffer {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(body, 'base64')
  if (encoding.toLowerCase() !== 'quoted-printable') return Buffer.from(body, 'latin1')
  const joined = body.replaceAll(/=\r?\n/g, '')
  return Buffer.from(
    joined.replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  )
}

function plain(data: Buffer): Buffer {
  return data[0] === 0x1f && data[1] === 0x8b ? gunzipSync(data) : data
}
