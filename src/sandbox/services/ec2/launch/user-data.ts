import { invalidValue } from '../errors.ts'

const MOST_BYTES = 16_384

/** Decodes user data as EC2 takes it: base64, at most 16 KB when decoded. Null where there is none. */
export function decodeUserData(encoded: string | undefined): Uint8Array | null {
  if (encoded === undefined || encoded === '') return null
  const compact = encoded.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact) || compact.length % 4 !== 0)
    throw invalidValue('Invalid BASE64 encoding of user data')
  const bytes = Buffer.from(compact, 'base64')
  if (bytes.length > MOST_BYTES) throw invalidValue(`User data is limited to ${MOST_BYTES} bytes`)
  return new Uint8Array(bytes)
}
