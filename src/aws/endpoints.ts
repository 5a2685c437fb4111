import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import { readSharedConfig, type Section } from './shared-config.ts'

export const SERVICES = ['EC2', 'SSM', 'FSX', 'S3', 'STS', 'PRICING', 'SERVICE_QUOTAS', 'IAM'] as const
/** The SDK's id of a service, in capitals, as its environment variables spell it. */
export type ServiceId = (typeof SERVICES)[number]

/** Where each service is asked instead of AWS itself; null is AWS. */
export type Endpoints = Readonly<Record<ServiceId, string | null>>

/**
 * The endpoints that the user has configured, in the order of the SDKs' reference
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html): the service's own variable, the variable for all, the service's in
 * the profile's `services` section, the profile's `endpoint_url`. The JavaScript SDK would read the files of the profile in
 * AWS_PROFILE alone: with another profile its keys would go to AWS itself. Throws ConfigInvalid for what is no address.
 */
export async function configuredEndpoints(profile: string | null, env: NodeJS.ProcessEnv): Promise<Endpoints> {
  const ofProfile = await profileEndpoints(profile ?? (env['AWS_PROFILE'] || 'default'), env)
  const all = env['AWS_ENDPOINT_URL'] || null
  const found = SERVICES.map((service) => {
    const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || all || ofProfile(service)
    return [service, endpoint === null ? null : demandAddress(service, endpoint)]
  })
  return Object.fromEntries(found) as Endpoints
}

function demandAddress(service: ServiceId, endpoint: string): string {
  if (/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) return endpoint
  throw new MusterError('ConfigInvalid', `the endpoint '${endpoint}' that is configured for ${service} is no address`, {
    suggestions: ['unset AWS_ENDPOINT_URL', `export AWS_ENDPOINT_URL=http://localhost:4566`],
  })
}

async function profileEndpoints(name: string, env: NodeJS.ProcessEnv): Promise<(service: ServiceId) => string | null> {
  const folder = join(env['HOME'] || homedir(), '.aws')
  const [config, credentials] = await Promise.all([
    sections(env['AWS_CONFIG_FILE'] || join(folder, 'config')),
    sections(env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials')),
  ])
  const own = config.get(`profile ${name}`) ?? (name === 'default' ? config.get('default') : undefined)
  const services = config.get(`services ${own?.get('services') ?? ''}`)
  const all = own?.get('endpoint_url') ?? credentials.get(name)?.get('endpoint_url') ?? null
  return (service) => services?.get(`${service.toLowerCase()}.endpoint_url`) ?? all
}

/** A file that is not there, or must not be read, says nothing: the SDK will tell what it misses. */
async function sections(path: string): Promise<ReadonlyMap<string, Section>> {
  return readSharedConfig(await readFile(path, 'utf8').catch(() => ''))
}
