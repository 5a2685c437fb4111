import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Endpoints, ServiceId } from './endpoints.ts'

/** Where and as whom the adapters call AWS. What is left out comes from the SDK's own chain (environment, profile, role). */
export interface AwsSettings {
  readonly region: string
  readonly profile?: string | null
  /** Base address of another AWS endpoint, for every service or one by one; it takes precedence over AWS_ENDPOINT_URL. */
  readonly endpoint?: string | Endpoints | null
  readonly credentials?: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  } | null
  readonly clock: Clock
  readonly ids: Ids
  /** How often state is asked for, in milliseconds: the first wait and the longest. Default 250 and 5000. */
  readonly pollMs?: { readonly first: number; readonly longest: number }
}

export const DEFAULT_POLL_MS = { first: 250, longest: 5000 } as const

/**
 * The endpoint that stands in for a service's own, null where AWS itself is asked. The SDK reads the same variables; it
 * is asked for here because path-style addresses and error messages depend on it.
 */
export function customEndpoint({ endpoint }: Pick<AwsSettings, 'endpoint'>, service: ServiceId): string | null {
  const own = typeof endpoint === 'object' ? endpoint?.[service] : endpoint
  const given = own ?? process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env['AWS_ENDPOINT_URL']
  return given === undefined || given === '' ? null : given.replace(/\/+$/, '')
}
