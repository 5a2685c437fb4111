import { AwsError } from '../../aws-error.ts'

export type Token = { readonly value: string; readonly request: string } | undefined

/**
 * ClientRequestToken: the same request again gives what the first one made; another request under the same
 * token is an IncompatibleParameterError that names the parameter.
 */
export function earlierOf<T extends { readonly token: Token }>(known: readonly T[], token: Token): T | undefined {
  const earlier = token && known.find((each) => each.token?.value === token.value)
  if (!token || !earlier?.token || earlier.token.request === token.request) return earlier
  const before = JSON.parse(earlier.token.request) as Record<string, unknown>
  const now = JSON.parse(token.request) as Record<string, unknown>
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  const parameter = names.find((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name])) ?? ''
  const message = `The ${parameter} differs from that of the earlier request with the same client request token.`
  throw new AwsError('IncompatibleParameterError', message, 400, { Parameter: parameter })
}

/** The request without its token, in one spelling. */
export function tokenOf(raw: Record<string, unknown>, value: string | undefined): Token {
  if (value === undefined) return undefined
  const { ClientRequestToken: _, ...request } = raw
  return { value, request: JSON.stringify(sorted(request)) }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]))
}
