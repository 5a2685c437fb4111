import { join } from 'node:path'
import type { CloudFacts, Services } from '../app/services.ts'
import type { Endpoints } from '../aws/endpoints.ts'
import type { Settings } from '../config/settings.ts'
import { DEADLINES, type Deadlines } from '../core/plan/deadlines.ts'
import { MusterError } from '../core/errors/muster-error.ts'
import type { EventSink } from '../ports/event-sink.ts'
import type { Interrupts } from '../ports/interrupts.ts'
import type { Prompter } from '../ports/prompter.ts'
import type { NodesKind, StartedSandbox } from '../sandbox/supervisor/supervisor.ts'
import { systemClock } from './clock.ts'
import { fileLimits } from './file-limits.ts'
import { cachedPrices } from './cached-prices.ts'
import { fileFleetLocks } from './fleet-locks.ts'
import { fileShortages } from './file-shortages.ts'
import { musterHome } from './home.ts'
import { randomIds } from './ids.ts'
import { storeOf, type Store } from './job-store.ts'
import { fileJournal } from './journal.ts'

export interface Surroundings {
  readonly settings: Settings
  readonly events: EventSink
  readonly interrupts: Interrupts
  readonly prompter: Prompter
  readonly env: NodeJS.ProcessEnv
  /** Nodes are to be raised: what they need must be there. */
  readonly needsNodes: boolean
}

/** Where to call and as whom; everything else of a cloud is the same code. */
interface Access {
  readonly cloud: CloudFacts
  readonly region: string
  readonly profile: string | null
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
  /** Where each service is asked; the cloud's own endpoint for all of them by default. */
  readonly endpoints?: Endpoints
}

/** The sandbox's door: the only way to it, and loaded only when it is used. */
export const sandboxSupervisor = () => import('../sandbox/supervisor/supervisor.ts')

export const sandboxHome = (env: NodeJS.ProcessEnv) => join(musterHome(env), 'sandbox')

const say = (line: string) => process.stderr.write(`muster: ${line}\n`)

/** Gets what its nodes need of this machine, then finds or starts the sandbox. Throws InstallFailed, SandboxError. */
export async function raiseSandbox(options: {
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly nodes?: NodesKind
  readonly needsNodes?: boolean
}): Promise<StartedSandbox> {
  const { env, signal, needsNodes } = options
  const [{ startSandbox }, { missingPrograms }, { ensureNodePrograms }] = await Promise.all([
    sandboxSupervisor(),
    import('../sandbox/machines/programs.ts'),
    import('./set-up/node-programs.ts'),
  ])
  const nodes = options.nodes ?? env['MUSTER_SANDBOX_NODES'] ?? 'auto'
  const missing = () => (nodes === 'simulated' ? [] : missingPrograms(nodesKind(nodes)))
  await ensureNodePrograms({ missing, env, say, signal, needsNodes })
  return startSandbox({ home: sandboxHome(env), ...options })
}

/** Namespaces need Linux and root. */
function nodesKind(wanted: string): 'process' | 'namespace' {
  return wanted === 'process' || process.platform !== 'linux' || process.getuid?.() !== 0 ? 'process' : 'namespace'
}

/** What sandbox nodes can be on this machine, and what they would lack; starts nothing. */
export async function sandboxAbilities(env: NodeJS.ProcessEnv) {
  const { missingPrograms } = await import('../sandbox/machines/programs.ts')
  const kind = nodesKind(env['MUSTER_SANDBOX_NODES'] ?? 'auto')
  return { kind, missing: missingPrograms(kind) }
}

/**
 * Wires the adapters: the one place that knows which cloud this is. Says so before anything is made. Throws where the
 * sandbox does not start, or who we are is unknown.
 */
export async function compose(around: Surroundings): Promise<Services> {
  const { settings, events, interrupts, prompter, env } = around
  const home = musterHome(env)
  const loading = import('../aws/connect.ts')
  const access = settings.cloud === 'sandbox' ? await sandboxAccess(around) : await awsAccess(settings, env)
  const { connectAws } = await loading
  const { cloud, region, profile, credentials } = access
  const { endpoint, pollMs } = cloud
  const clients = { clock: systemClock, ids: randomIds }
  const endpoints = access.endpoints ?? endpoint
  const connect = (where: string) =>
    connectAws({ region: where, profile, endpoint: endpoints, credentials, pollMs, ...clients })
  const adapters = connect(region)
  const { account } = await adapters.identity.whoAmI()
  events.emit('cloud.chosen', { cloud: cloud.name, region, account, endpoint, cost: cloud.cost })
  const wired = (where: string, ports: typeof adapters, store = openStore(home, cloud.name, where)): Services => ({
    cloud,
    ...ports,
    ...clients,
    prices: cachedPrices(ports.prices, join(home, 'cache'), scopeOf(cloud), systemClock),
    events,
    interrupts,
    prompter,
    journal: fileJournal(join(home, 'journal'), scopeOf(cloud)),
    queue: store,
    ledger: store,
    currentLimits: fileLimits(env),
    locks: fileFleetLocks(join(home, 'locks'), `${cloud.name}-${account}-${where}`),
    shortages: fileShortages(
      join(home, 'cache', `shortages-${fileName(`${scopeOf(cloud)}-${account}-${where}`)}.json`),
      systemClock,
    ),
    inRegion: (other) => wired(other, connect(other)),
  })
  return wired(region, adapters)
}

const fileName = (text: string) => text.replaceAll(/[^A-Za-z0-9._-]/g, '_')

/** The queue and the ledger of a cloud and region: no cloud is asked, and nothing is made before it is used. */
export function openStore(home: string, cloud: string, region: string): Store {
  return storeOf(home, cloud, region, async (path) => (await import('../store/sqlite/job-store.ts')).openJobStore(path))
}

/** Prices and times of one cloud are not another's; the sandbox is the same wherever it listens. */
function scopeOf({ name, endpoint }: CloudFacts): string {
  return name === 'sandbox' || endpoint === null ? name : `aws-${endpoint}`
}

/** What takes minutes on AWS takes seconds here; a node that does not come is not waited for as if it were there. */
const SANDBOX_DEADLINES: Deadlines = { startedMs: 60_000, onlineMs: 60_000, storageMs: 90_000, visibleMs: 30_000 }

async function sandboxAccess({ settings, events, interrupts, env, needsNodes }: Surroundings): Promise<Access> {
  const { signal } = interrupts
  const sandbox = await raiseSandbox({ env, signal, needsNodes })
  const { started, outdated, port, nodes, nodesReason, ms } = sandbox
  if (started) events.emit('sandbox.started', { port, nodes, ms })
  if (started && nodesReason !== null) {
    events.emit('warning', { message: `nodes are only ${nodes} nodes: ${nodesReason}`, hint: null })
  }
  if (outdated) {
    const message = 'the sandbox is of an older build of muster, and was kept because it has instances'
    events.emit('warning', { message, hint: 'muster sandbox stop' })
  }
  return {
    cloud: {
      name: 'sandbox',
      cost: 'free: it runs on this machine',
      endpoint: `http://127.0.0.1:${port}`,
      pollMs: { first: 25, longest: 250 },
      logIntervalMs: 250,
      // Its nodes are this machine's namespaces: EFA interfaces are attached, but carry nothing.
      fabric: 'tcp',
      deadlines: SANDBOX_DEADLINES,
      leastLeaseS: 5,
    },
    region: await regionOf(settings),
    profile: null,
    credentials: sandbox.credentials,
  }
}

/** The settings' region, or the AWS profile's; the cloud is not asked. Throws ConfigInvalid where neither names one. */
export async function regionOf({ cloud, region: named, profile }: Settings): Promise<string> {
  if (cloud === 'sandbox') return named ?? 'us-east-1'
  const region = named ?? (await (await import('../aws/region.ts')).regionOfProfile(profile))
  if (region !== null) return region
  throw new MusterError(
    'ConfigInvalid',
    'cloud aws needs a region, and neither the settings nor the AWS profile name one',
    {
      suggestions: ['--region us-east-1', 'export AWS_REGION=us-east-1', 'region: us-east-1 in muster.yaml'],
    },
  )
}

async function awsAccess(settings: Settings, env: NodeJS.ProcessEnv): Promise<Access> {
  const { profile } = settings
  const region = await regionOf(settings)
  const endpoints = await (await import('../aws/endpoints.ts')).configuredEndpoints(profile, env)
  // Machines cost most: whoever runs EC2 sends the bill.
  const endpoint = endpoints.EC2
  const cost = endpoint === null ? 'billed by AWS until the fleet is down' : `billed by whoever runs ${endpoint}`
  const pace = {
    pollMs: { first: 1000, longest: 10_000 },
    logIntervalMs: 2000,
    fabric: 'efa' as const,
    deadlines: DEADLINES,
    leastLeaseS: 600,
  }
  return { cloud: { name: 'aws', cost, endpoint, ...pace }, region, profile, credentials: null, endpoints }
}
