import { mkdir } from 'node:fs/promises'
import { realClock, type SandboxClock } from './clock.ts'
import { createCredentials, type UserKey } from './credentials-create.ts'
import { createFaults } from './faults/create.ts'
import { exchange } from './http/exchange.ts'
import { createFront } from './http/server.ts'
import type { Machines } from './machines/machine.ts'
import { usualPace } from './pace.ts'
import type { Service } from './service.ts'
import { socketPath } from './socket-path.ts'
import type { Pace, World } from './world.ts'

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
  readonly onBug?: (error: unknown, operation: string) => void
}

export interface OpenSandbox {
  readonly world: World
  readonly services: ReadonlyMap<string, Service>
  /** Ends services, machines and the server, in that order. */
  close(): Promise<void>
}

/** Puts a sandbox together in this process: binds the port first, since nodes must know it, then the world and its services. */
export async function openSandbox(options: OpenOptions): Promise<OpenSandbox> {
  await mkdir(options.home, { recursive: true, mode: 0o700 })
  const services = new Map<string, Service>()
  const credentials = createCredentials(ACCOUNT, options.user)
  const faults = createFaults()
  const front = createFront((request, body, requestId) =>
    exchange(request, body, requestId, {
      services,
      credentials,
      faults,
      now: Date.now,
      onBug: options.onBug ?? (() => {}),
    }),
  )
  const port = await front.listen(options.port)
  const apiSocket = socketPath(options.home)
  await front.listenSocket(apiSocket)
  const machines = await options.machines({ port, apiSocket })
  const world: World = {
    account: ACCOUNT,
    home: options.home,
    port,
    clock: options.clock ?? realClock,
    credentials,
    faults,
    machines,
    pace: { ...usualPace, ...options.pace },
    directories: {},
  }
  for (const make of options.services) {
    const service = await make(world)
    services.set(service.name, service)
  }
  return {
    world,
    services,
    close: async () => {
      for (const service of services.values()) await service.close?.()
      await machines.close()
      await front.close(2_000)
    },
  }
}
