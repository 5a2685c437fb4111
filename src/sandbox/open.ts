import { mkdir, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCallCounter } from './calls.ts'
import { realClock, type SandboxClock } from './clock.ts'
import { createCredentials, type UserKey } from './credentials-create.ts'
import { createFaults } from './faults/create.ts'
import { administer, isAdmin, type Health } from './http/admin.ts'
import { adminToken } from './http/admin-token.ts'
import { exchange } from './http/exchange.ts'
import { createFront, type HttpFront } from './http/server.ts'
import { countMachines } from './machines-count.ts'
import type { Machines } from './machines/machine.ts'
import { usualPace } from './pace.ts'
import { noRates, type Rates } from './rates/rates.ts'
import type { Service } from './service.ts'
import { socketPath } from './socket-path.ts'
import type { CheckedCall, Directories, Pace, World } from './world.ts'

/** What calls that are under way get when the sandbox stops: services must not be closed below them. */
const GRACE_MS = 2_000

export const ACCOUNT = '000000000000'

export interface OpenOptions {
  readonly home: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly user: UserKey
  readonly machines: (at: { readonly port: number; readonly apiSocket: string }) => Promise<Machines>
  /** Made in this order: a service may look into the directories of those before it. */
  readonly services: readonly ((world: World) => Service | Promise<Service>)[]
  readonly pace?: Partial<Pace>
  readonly clock?: SandboxClock
  /** None where it is not given. */
  readonly rates?: Rates
  readonly onBug?: (error: unknown, operation: string) => void
  /** Somebody asked over HTTP that the sandbox stop. */
  readonly onStop?: () => void
  readonly health?: Pick<Health, 'mark' | 'build'>
}

export interface OpenSandbox {
  readonly world: World
  readonly services: ReadonlyMap<string, Service>
  /** When AWS's APIs were called last, in milliseconds since the epoch, and how many machines live. */
  readonly use: () => { readonly lastCall: number; readonly machines: number }
  /** Ends services, machines and the server, in that order. Calls that come meanwhile are told that the sandbox stops. */
  close(): Promise<void>
}

/** Puts a sandbox together in this process: binds the port first, since nodes must know it, then the world and its services. */
export async function openSandbox(options: OpenOptions): Promise<OpenSandbox> {
  await mkdir(options.home, { recursive: true, mode: 0o700 })
  const services = new Map<string, Service>()
  const credentials = createCredentials(ACCOUNT, options.user)
  const faults = createFaults()
  const use = { lastCall: Date.now(), isOpen: false, living: (): number => 0, nodes: '', reason: null as string | null }
  const underWay = new Set<Promise<unknown>>()
  const startedAt = Date.now()
  const counter = createCallCounter()
  const rates = options.rates ?? noRates
  const directories: Directories = {}
  const refusal = (call: CheckedCall): string | null => directories.iam?.refusal(call) ?? null
  const reception = {
    refusal,
    services,
    credentials,
    faults,
    rates,
    counter,
    now: Date.now,
    onBug: options.onBug ?? (() => {}),
  }
  const admin = {
    token: adminToken(options.user.secretAccessKey),
    faults,
    counter,
    stop: options.onStop ?? (() => {}),
    health: (): Health => ({
      pid: process.pid,
      mark: options.health?.mark ?? '',
      build: options.health?.build ?? '',
      startedAt,
      nodes: use.nodes,
      nodesReason: use.reason,
      machines: use.living(),
    }),
  }
  const front = createFront(
    async (request, body, requestId) => {
      if (!use.isOpen) return { status: 503, headers: {}, body: 'the sandbox is starting or stopping\n' }
      if (isAdmin(request)) return administer(request, body, admin)
      use.lastCall = Date.now()
      const call = exchange(request, body, requestId, reception)
      underWay.add(call)
      return call.finally(() => underWay.delete(call))
    },
    (...connection) =>
      use.isOpen && [...services.values()].some((service) => service.upgrade?.(...connection) === true),
  )
  const apiSocket = socketPath(options.home)
  let machines: Machines | undefined
  const close = async (): Promise<void> => {
    use.isOpen = false
    await Promise.race([Promise.allSettled(underWay), sleep(GRACE_MS, undefined, { ref: false })])
    for (const service of services.values()) await service.close?.()
    await machines?.close()
    for (const service of services.values()) await service.sweep?.()
    await front.close(GRACE_MS)
    await rm(apiSocket, { force: true })
  }
  try {
    const port = await listen(front, options.port, apiSocket)
    const counted = await options.machines({ port, apiSocket })
    const { living, ...wrapped } = countMachines(counted)
    machines = wrapped.machines
    use.living = living
    use.nodes = counted.kind
    use.reason = 'reason' in counted && typeof counted.reason === 'string' ? counted.reason : null
    const world: World = {
      account: ACCOUNT,
      home: options.home,
      port,
      clock: options.clock ?? realClock,
      credentials,
      faults,
      machines,
      pace: { ...usualPace, ...options.pace },
      directories,
    }
    for (const make of options.services) {
      const service = await make(world)
      services.set(service.name, service)
    }
    use.isOpen = true
    return {
      world,
      services,
      use: () => ({ lastCall: use.lastCall, machines: living() }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The wanted port where it is free, any other where not: endpoints that somebody kept go on working over restarts. */
async function listen(front: HttpFront, wanted: number, socket: string): Promise<number> {
  const port = await front.listen(wanted).catch((error: NodeJS.ErrnoException) => {
    if (wanted !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return front.listen(0)
    throw error
  })
  // Whoever may open a sandbox in this folder holds its lock, so a socket that is there is a dead one's.
  await rm(socket, { force: true })
  await front.listenSocket(socket)
  return port
}
