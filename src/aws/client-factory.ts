import { retryStrategy, type Repeat } from './retry.ts'
import { caller, type Caller } from './send.ts'
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
  readonly retryStrategy: ReturnType<typeof retryStrategy>
  readonly requestHandler: Readonly<Record<string, number | boolean>>
}

type ServiceId = Parameters<typeof customEndpoint>[1]

/** `idleMs` bounds silence on a connection; `wholeMs` bounds a call from start to answer (0: as long as bytes flow). */
export function clientConfig(
  settings: AwsSettings,
  { repeat = 'always', wholeMs = 60_000 }: { readonly repeat?: Repeat; readonly wholeMs?: number } = {},
): ClientConfig {
  const { region, profile, endpoint, credentials } = settings
  return {
    region,
    ...(profile ? { profile } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials: { ...credentials } } : {}),
    retryStrategy: retryStrategy(repeat, settings.ids),
    requestHandler: {
      connectionTimeout: 5000,
      socketTimeout: 60_000,
      ...(wholeMs > 0 ? { requestTimeout: wholeMs, throwOnRequestTimeout: true } : {}),
    },
  }
}

/** The client with its errors mapped. */
export function connected<C extends { send: unknown }>(
  client: C,
  service: ServiceId,
  settings: AwsSettings,
): Caller<C> {
  return caller(client, {
    service: service.toLowerCase(),
    region: settings.region,
    endpoint: customEndpoint(settings, service),
    profile: settings.profile ?? null,
  })
}
