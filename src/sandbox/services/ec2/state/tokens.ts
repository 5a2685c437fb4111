import { AwsError } from '../../../aws-error.ts'

/**
 * Idempotency: a client token that comes again with the same parameters gets the first answer again, with others it is
 * refused. A call that failed is not remembered, so that it may be tried again under its token.
 */
export interface Tokens {
  once<T>(operation: string, token: string | undefined, parameters: object, act: () => T): T
}

export function newTokens(): Tokens {
  const known = new Map<string, { readonly fingerprint: string; readonly answer: unknown }>()
  return {
    once<T>(operation: string, token: string | undefined, parameters: object, act: () => T): T {
      if (token === undefined || token === '') return act()
      const key = `${operation} ${token}`
      const fingerprint = JSON.stringify(sorted({ ...parameters, ClientToken: undefined, DryRun: undefined }))
      const earlier = known.get(key)
      if (earlier !== undefined && earlier.fingerprint !== fingerprint)
        throw new AwsError(
          'IdempotentParameterMismatch',
          `The client token you have provided is associated with a request that has different parameters than those specified in this request.`,
        )
      if (earlier !== undefined) return earlier.answer as T
      const answer = act()
      known.set(key, { fingerprint, answer })
      return answer
    },
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
