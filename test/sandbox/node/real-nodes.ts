import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { layout } from '../../../src/core/job/layout.ts'
import type { JobRecord, RunnerState } from '../../../src/core/job/record.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { launchBundle } from '../../../src/launch/bundle.ts'
import { nodeScripts } from '../../../src/launch/node-scripts.ts'
import type { NodeContext } from '../../../src/launch/remote/context.ts'
import { installScript, parseInstallReport } from '../../../src/launch/remote/install-script.ts'
import { startJobScript } from '../../../src/launch/remote/job-scripts.ts'
import { knownHosts } from '../../../src/launch/remote/known-hosts.ts'
import { mountScript } from '../../../src/launch/remote/mount-script.ts'
import { trustScript } from '../../../src/launch/remote/trust-script.ts'
import { verifyScript } from '../../../src/launch/remote/verify-script.ts'
import type { LaunchSettings } from '../../../src/launch/settings.ts'
import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import { userData } from '../../../src/launch/user-data.ts'
import { createMachines } from '../../../src/sandbox/machines/create.ts'
import type { Machine, MachineResult, Machines } from '../../../src/sandbox/machines/machine.ts'
import { createS3 } from '../../../src/sandbox/services/s3/service.ts'
import { startTestSandbox } from '../harness.ts'
import { SPEC } from './test-node.ts'

const BUCKET = 'muster-000000000000-us-east-1'
const FLEET = {
  ...BUILT_IN_FLEET,
  name: 'hpc',
  instanceProfile: 'muster-node',
  storage: null,
  userData: null,
  leaseS: 3600,
  idleS: null,
  maxLifeS: null,
  tags: {},
  limits: NO_LIMITS,
  project: null,
  network: null,
} as const

/** Nodes of the sandbox, made ready by the scripts under test: only the API calls between are the test's own. */
export interface RealNodes {
  readonly ctx: NodeContext
  /** Where the shared storage is on this machine; null without. */
  readonly shared: string | null
  run(text: string, node?: number): Promise<MachineResult>
  /** Install, trust, mount and verify; throws with the node's own words. */
  makeReady(): Promise<void>
  /** The id that the next job will have. */
  nextJob(): string
  start(spec: Partial<JobSpec>, settings?: Partial<LaunchSettings>, more?: Partial<JobRecord>): Promise<string>
  state(job: string, node?: number): Promise<RunnerState | null>
  done(job: string, withinMs?: number): Promise<RunnerState>
  log(job: string, source?: string, stream?: 'stdout' | 'stderr'): Promise<string>
  /** Spot's notice for a node, which its watchdog finds, until what this resolves with is called. */
  notify(node: number, time: string): () => Promise<void>
  /** Ends a node as a power cut would. */
  kill(node: number): Promise<void>
  get(key: string): Promise<Buffer | null>
  put(key: string, bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

export async function startRealNodes(options: {
  readonly kind: 'namespace' | 'process'
  readonly count: number
  readonly storage: boolean
}): Promise<RealNodes> {
  let made: Machines | undefined
  const sandbox = await startTestSandbox({
    services: [createS3],
    machines: async (at) => (made = await createMachines({ kind: options.kind, home: dirname(at.apiSocket), ...at })),
  })
  const machines = made as Machines
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  const shared = options.storage ? join(sandbox.home, 'fsx', 'fs-1') : null
  if (shared !== null) mkdirSync(shared, { recursive: true, mode: 0o755 })
  const online: Promise<void>[] = []
  const notices = new Map<string, string>()
  const hosts = Array.from({ length: options.count }, (_, n) => ({
    id: `i-0000000000000000${n}`,
    name: `node-${n}`,
    ip: `172.31.0.${n + 5}`,
    hostname: `ip-172-31-0-${n + 5}.ec2.internal`,
    slots: 64,
  }))
  const nodes: Machine[] = hosts.map(({ id, ip, hostname }) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    online.push(promise)
    return machines.boot(
      {
        instanceId: id,
        region: 'us-east-1',
        hostname,
        privateIp: ip,
        prefixLength: 20,
        network: 'vpc-1',
        efaInterfaces: 1,
        userData: userData(FLEET, { efa: true, lustre: true }),
        metadata: (path) => {
          const role = 'meta-data/iam/security-credentials/'
          if (path === role) return 'muster-node'
          if (path === 'meta-data/instance-id') return id
          if (path === 'meta-data/instance-life-cycle') return 'spot'
          if (path === 'meta-data/spot/instance-action') return notices.get(id)
          if (path !== `${role}muster-node`) return undefined
          const key = sandbox.world.credentials.forInstance(id, 'muster-node')
          return JSON.stringify({
            AccessKeyId: key.accessKeyId,
            SecretAccessKey: key.secretAccessKey,
            Token: key.sessionToken,
          })
        },
        mount: () => (shared === null ? { refusal: 'no such file system' } : { path: shared }),
      },
      { online: resolve, lost: () => {}, poweroff: () => {}, userDataEnded: () => {} },
    )
  })
  await Promise.all(online)
  const { sha256, archive } = await nodeScripts()
  const ctx = { url: `${sandbox.endpoint}/${BUCKET}`, region: 'us-east-1', scriptsSha: sha256 }
  let commands = 0
  let jobs = 0

  const real: RealNodes = {
    ctx,
    shared,
    run: async (text, node = 0) =>
      (nodes[node] as Machine).run({
        id: `command-${(commands += 1)}`,
        text,
        workingDirectory: null,
        env: { AWS_SSM_INSTANCE_ID: hosts[node]?.id ?? '', AWS_SSM_REGION_NAME: 'us-east-1' },
        timeoutMs: 120_000,
      }),
    makeReady: async () => {
      await real.put(layout.nodeScripts(sha256), archive)
      const onAll = async (text: string) => {
        const results = await Promise.all(hosts.map(async (_, n) => real.run(text, n)))
        for (const result of results) if (result.exitCode !== 0) throw new Error(`${result.exitCode}: ${result.stderr}`)
        return results
      }
      const leadId = hosts[0]?.id ?? ''
      const reports = (await onAll(installScript(ctx))).map(({ stdout }) => parseInstallReport(stdout))
      const known = knownHosts(hosts.map((host, n) => ({ ...host, hostKeys: reports[n]?.hostKeys ?? [] })))
      await real.put('known', Buffer.from(known))
      await real.put('authorized', Buffer.from(reports.map(({ userKey }) => `${userKey}\n`).join('')))
      await onAll(trustScript(ctx, { knownHostsKey: 'known', authorizedKeysKey: 'authorized' }))
      if (shared !== null) await onAll(mountScript(ctx, { dnsName: 'fs-1.fsx', mountName: 'abc', mountPoint: '/fsx' }))
      const mountPoint = shared === null ? null : '/fsx'
      await onAll(verifyScript(ctx, { leadId, hosts: hosts.map(({ ip }) => ip), mountPoint, efaInterfaces: 0 }))
    },
    nextJob: () => `real-20260101-000000-${String(jobs + 1).padStart(4, '0')}`,
    start: async (spec, settings = {}, more = {}) => {
      const id = real.nextJob()
      jobs += 1
      const full = { ...SPEC, launcher: 'mpi', nodes: options.count, tasksPerNode: 2, ...spec } as const
      const record: JobRecord = {
        version: 1,
        id,
        spec: full,
        fleet: 'hpc',
        hosts: hosts.slice(0, full.nodes),
        submittedAt: 0,
        ...more,
      }
      const mountPoint = shared === null ? null : '/fsx'
      const rest = { archiveKey: null, mountPoint, logIntervalMs: 250, efa: false, ...settings }
      await real.put(layout.launch(id), await launchBundle(record, rest))
      const used = hosts.slice(0, full.nodes)
      const onto = full.launcher === 'mpi' && shared !== null ? [0] : used.map((_, n) => n)
      const started = await Promise.all(onto.map(async (n) => real.run(startJobScript(ctx, { job: id }), n)))
      for (const { exitCode, stderr } of started) if (exitCode !== 0) throw new Error(`start: ${exitCode}: ${stderr}`)
      return id
    },
    state: async (job, node = 0) => {
      const bytes = await real.get(layout.state(job, `node-${node}`))
      return bytes === null ? null : (JSON.parse(bytes.toString()) as RunnerState)
    },
    done: async (job, withinMs = 40_000) => {
      const deadline = Date.now() + withinMs
      for (;;) {
        const state = await real.state(job)
        if (state?.phase === 'done') return state
        if (Date.now() > deadline) throw new Error(`not done but ${JSON.stringify(state)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    log: async (job, source = 'node-0', stream = 'stdout') => {
      const listed = await s3.send(
        new ListObjectsV2Command({ Bucket: BUCKET, Prefix: layout.log(job, source, stream) }),
      )
      const keys = (listed.Contents ?? []).map(({ Key = '' }) => Key)
      const pieces = await Promise.all(keys.map(async (key) => gunzipSync((await real.get(key)) ?? Buffer.alloc(0))))
      return Buffer.concat(pieces).toString()
    },
    notify: (node, time) => {
      const id = hosts[node]?.id ?? ''
      notices.set(id, JSON.stringify({ action: 'terminate', time }))
      return async () => {
        notices.delete(id)
        await real.run('rm -f /run/muster/notice', node)
      }
    },
    kill: async (node) => nodes[node]?.destroy(),
    get: async (key) => {
      try {
        const answer = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
        return Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return null
        throw error
      }
    },
    put: async (key, bytes) => {
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes }))
    },
    close: async () => {
      s3.destroy()
      await sandbox.close()
    },
  }
  return real
}
