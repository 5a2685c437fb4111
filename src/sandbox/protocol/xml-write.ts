/**
 * Writes nested objects as XML elements: undefined and null are left out, dates become ISO 8601 with milliseconds, and lists
 * wrap their members in `item` (EC2), `member` (query) or repeat their own name (S3, `item` null).
 */
export function xmlElements(value: object, item: string | null): string {
  return Object.entries(value)
    .map(([name, member]) => xmlElement(name, member, item))
    .join('')
}

export function xmlElement(name: string, value: unknown, item: string | null): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) {
    if (item === null) return value.map((member) => xmlElement(name, member, item)).join('')
    return wrap(name, value.map((member) => xmlElement(item, member, item)).join(''))
  }
  if (value instanceof Date) return wrap(name, value.toISOString())
  if (typeof value === 'object') return wrap(name, xmlElements(value, item))
  return wrap(name, xmlText(typeof value === 'string' ? value : JSON.stringify(value)))
}

export const xmlHeader = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Escapes text so that it comes out of any parser as it went in; carriage returns too, which parsers would fold. */
export function xmlText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is escaped
  return text.replace(/[&<>"'\u0000-\u0008\u000b-\u001f\u007f]/g, (character) => {
    return entities[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`
  })
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function wrap(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}
