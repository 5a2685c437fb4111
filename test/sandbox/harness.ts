import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxClock } from '../../src/sandbox/clock.ts'
import { newUserKey } from '../../src/sandbox/credentials-create.ts'
import type { Machines } from '../../src/sandbox/machines/machine.ts'
import { openSandbox, type OpenOptions } from '../../src/sandbox/open.ts'
import type { Pace, World } from '../../src/sandbox/world.ts'
import { quietMachines } from './quiet-machines.ts'

/** Everything quick, so that tests poll for little; a test that is about time gives its own. */
const testPace: Pace = {
  pendingMs: 20,
  describeLagMs: 0,
  shuttingDownMs: 20,
  fileSystemMs: 20,
  fileSystemDeletingMs: 20,
  pingLostMs: 200,
}

export interface TestSandboxOptions {
  readonly services: OpenOptions['services']
  /** Machines, or what makes them once the port is known, in the sandbox's own folder. */
  readonly machines?: Machines | ((at: Parameters<OpenOptions['machines']>[0], home: string) => Promise<Machines>)
  readonly pace?: Partial<Pace>
  readonly clock?: SandboxClock
}

export interface TestSandbox {
  readonly endpoint: string
  readonly region: 'us-east-1'
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Spread into any SDK client's constructor: `new EC2Client({ ...sandbox.client })`. S3 also wants forcePathStyle. */
  readonly client: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: TestSandbox['credentials']
  }
  readonly world: World
  readonly home: string
  close(): Promise<void>
}

/**
 * Starts a sandbox in this process, on a port that the system chooses and in a folder of its own: real HTTP, real
 * signatures. `close` ends it and removes the folder. A bug in an operation fails `close`.
 */
export async function startTestSandbox(options: TestSandboxOptions): Promise<TestSandbox> {
  const home = await mkdtemp(join(tmpdir(), 'muster-test-'))
  const user = newUserKey()
  const bugs: unknown[] = []
  const { machines = quietMachines() } = options
  const open = await openSandbox({
    home,
    port: 0,
    user,
    machines: typeof machines === 'function' ? (at) => machines(at, home) : async () => machines,
    services: options.services,
    pace: { ...testPace, ...options.pace },
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    onBug: (error, operation) => bugs.push(new Error(`bug in ${operation}`, { cause: error })),
  }).catch(async (error: unknown) => {
    await rm(home, { recursive: true, force: true })
    throw error
  })
  const endpoint = `http://127.0.0.1:${open.world.port}`
  const client = { endpoint, region: 'us-east-1', credentials: user } as const
  return {
    endpoint,
    region: 'us-east-1',
    credentials: user,
    client,
    world: open.world,
    home,
    close: async () => {
      await open.close()
      await rm(home, { recursive: true, force: true })
      if (bugs.length > 0) throw new AggregateError(bugs, 'operations threw what is no AwsError')
    },
  }
}
