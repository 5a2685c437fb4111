import { retryStrategy, type Repeat } from './retry.ts'
import { caller, type Caller } from './send.ts'
import type { ServiceId } from './endpoints.ts'
import { customEndpoint, type AwsSettings } from './settings.ts'

/**
 * What every client of the SDK is made with: region, who we are, the endpoint, patience and time limits. Without limits a
 * lost network would hang a command for ever.
 */
export interface ClientConfig {
  readonly region: string
  readonly profile?: string
  readonly endpoint?: string
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  /** Goes to the SDK's credential chain (fromIni): the file that a new login has written is read, not what was remembered of it. */
  readonly ignoreCache: true
  readonly retryStrategy: ReturnType<typeof retryStrategy>
  readonly requestHandler: Readonly<Record<string, number | boolean>>
}

interface Patience {
  readonly repeat?: Repeat
  /** Bounds one attempt from start to answer; 0: as long as bytes flow. */
  readonly wholeMs?: number
}

export function clientConfig(
  service: ServiceId,
  settings: AwsSettings,
  { repeat = 'always', wholeMs = 60_000 }: Patience = {},
): ClientConfig {
  const { region, profile, credentials } = settings
  const endpoint = customEndpoint(settings, service)
  return {
    region,
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials: { ...credentials } } : {}),
    ignoreCache: true,
    retryStrategy: retryStrategy(repeat, settings.ids),
    requestHandler: {
      connectionTimeout: 5000,
      socketTimeout: 60_000,
      ...(wholeMs > 0 ? { requestTimeout: wholeMs, throwOnRequestTimeout: true } : {}),
    },
  }
}

/** The client with its errors mapped. `deadlineMs` bounds a call with all its attempts; 0: a transfer takes what it takes. */
export function connected<C extends { send: unknown }>(
  client: C,
  service: ServiceId,
  settings: AwsSettings,
  deadlineMs = 180_000,
): Caller<C> {
  return caller(
    client,
    {
      // IAM's name of it has no underscore.
      service: service.toLowerCase().replaceAll('_', ''),
      region: settings.region,
      endpoint: customEndpoint(settings, service),
      endpointIsOurs: typeof settings.endpoint === 'string',
      profile: settings.profile ?? null,
    },
    deadlineMs,
  )
}
