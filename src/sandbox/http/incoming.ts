import type { IncomingMessage } from 'node:http'

/** The head of a request as it was sent: nothing decoded, so that its signature can be checked. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: string
  /** By lower-case name; several values joined as Node joins them. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Every value of a header by itself, in the order sent. */
  values(header: string): readonly string[]
}

export function incoming(message: IncomingMessage): Incoming {
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '')
  const mark = target.indexOf('?')
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(message.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  const distinct = message.headersDistinct
  return {
    method: message.method ?? 'GET',
    path: (mark < 0 ? target : target.slice(0, mark)) || '/',
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    values: (header) => distinct[header] ?? [],
  }
}
