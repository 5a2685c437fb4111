import { s3Errors } from '../errors.ts'

const MOST = 1000

/** `max-keys` and its kin: 0 to any number, of which a thousand count. Throws InvalidArgument. */
export function listLimit(params: URLSearchParams, name: 'max-keys' | 'max-uploads' | 'max-parts'): number {
  const text = params.get(name) ?? ''
  if (text === '') return MOST
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647)
    throw s3Errors.invalidArgument(`Provided ${name} not an integer or within integer range`, name, text)
  return Math.min(MOST, Number(text))
}

/** What `encoding-type=url` does to keys, prefixes and delimiters, so that any key fits into XML. */
export function listEncoding(params: URLSearchParams): (text: string) => string {
  const type = params.get('encoding-type')
  if (type === null) return (text) => text
  if (type !== 'url')
    throw s3Errors.invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
  return (text) =>
    encodeURIComponent(text)
      .replaceAll('%2F', '/')
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
