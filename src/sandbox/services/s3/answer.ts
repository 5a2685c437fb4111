import type { WireAnswer } from '../../protocol/wire.ts'
import { xmlElements, xmlHeader, xmlText } from '../../protocol/xml-write.ts'
import type { Checksum, ObjectRecord } from './store/records.ts'

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** An XML answer; lists repeat their own name, as S3's do. */
export function xmlAnswer(
  root: string,
  members: object | string,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: `${xmlHeader}<${root} xmlns="${NAMESPACE}">${typeof members === 'string' ? xmlText(members) : xmlElements(members, null)}</${root}>`,
  }
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): WireAnswer {
  return { status, headers, body: null }
}

/** The headers that tell of an object, without its length. */
export function objectHeaders(object: ObjectRecord): Record<string, string> {
  const { attributes } = object
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modified).toUTCString(),
    'x-amz-server-side-encryption': 'AES256',
    ...attributes.headers,
  }
  for (const [name, value] of Object.entries(attributes.metadata)) headers[`x-amz-meta-${name}`] = value
  if (attributes.tags.length > 0) headers['x-amz-tagging-count'] = String(attributes.tags.length)
  if (attributes.storageClass !== 'STANDARD') headers['x-amz-storage-class'] = attributes.storageClass
  return headers
}

export function checksumHeaders(checksum: Checksum | null): Record<string, string> {
  if (checksum === null) return {}
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type }
}

/** `ChecksumCRC32` and `ChecksumType`, as XML answers name them. */
export function checksumMembers(checksum: Checksum | null): Record<string, string> {
  if (checksum === null) return {}
  return { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value, ChecksumType: checksum.type }
}
