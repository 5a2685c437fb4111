import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { layout, parseSegment, type LogStream } from '../../../src/core/job/layout.ts'
import type { JobRecord, RunnerState } from '../../../src/core/job/record.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import { launchBundle } from '../../../src/launch/bundle.ts'
import { nodeScripts } from '../../../src/launch/node-scripts.ts'
import type { NodeContext } from '../../../src/launch/remote/context.ts'
import { cancelJobScript, startJobScript } from '../../../src/launch/remote/job-scripts.ts'
import type { LaunchSettings } from '../../../src/launch/settings.ts'
import { startBucketStub, type BucketStub } from './bucket-stub.ts'

/** Nodes whose roots are folders, with a bucket beside them: the node scripts run here as they would on a node. */
export interface TestNodes {
  readonly bucket: BucketStub
  readonly ctx: NodeContext
  root(node: number): string
  /** Runs a remote script as the SSM agent would. */
  run(text: string, node?: number, env?: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string; stderr: string }>
  /** Makes the storage that all of them share be there, as process nodes have it: a link. */
  mount(point: string, node?: number): Promise<void>
  /** Puts a job's bundle into the bucket; its id. */
  offer(spec: Partial<JobSpec>, settings?: Partial<LaunchSettings>, nodes?: number, id?: string): Promise<string>
  start(job: string, node?: number): Promise<void>
  state(job: string, node?: number): RunnerState | null
  /** Waits until the runner says so; throws with its own words after `withinMs`. */
  reaches(job: string, phase: RunnerState['phase'], node?: number, withinMs?: number): Promise<RunnerState>
  log(job: string, stream: LogStream, source?: string): Buffer
  /** A job that nobody has to end any more. */
  forget(job: string): void
  close(): Promise<void>
}

export const SPEC: JobSpec = {
  name: 'test',
  launcher: 'shell',
  nodes: 1,
  tasksPerNode: 1,
  program: { kind: 'argv', words: ['true'] },
  prepare: null,
  env: {},
  workdir: null,
  ignore: [],
  outputs: [],
  timeLimitS: null,
}

export const SETTINGS: LaunchSettings = { archiveKey: null, mountPoint: null, logIntervalMs: 100, efa: false }

export async function startTestNodes(): Promise<TestNodes> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-node-'))
  const bucket = await startBucketStub()
  const { sha256, archive } = await nodeScripts()
  const ctx = { url: bucket.url, region: 'us-east-1', scriptsSha: sha256 }
  bucket.objects.set(layout.nodeScripts(sha256), Buffer.from(archive))
  const started: { job: string; node: number }[] = []
  let jobs = 0

  const nodes: TestNodes = {
    bucket,
    ctx,
    root: (node) => join(folder, `node ${node}`),
    mount: async (point, node = 0) => {
      await mkdir(join(folder, 'storage/jobs'), { recursive: true })
      await mkdir(nodes.root(node), { recursive: true })
      await symlink(join(folder, 'storage'), join(nodes.root(node), point))
    },
    run: async (text, node = 0, env = {}) => {
      await mkdir(join(nodes.root(node), 'var/lib/muster'), { recursive: true })
      const child = spawn('sh', ['-c', text], {
        env: {
          PATH: process.env['PATH'],
          MUSTER_NODE_ROOT: nodes.root(node),
          AWS_EC2_METADATA_SERVICE_ENDPOINT: bucket.imds,
          AWS_SSM_INSTANCE_ID: `i-${node}`,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (data) => (stdout += data))
      child.stderr.on('data', (data) => (stderr += data))
      const code = await new Promise<number>((resolve) => child.on('close', (exit) => resolve(exit ?? -1)))
      return { code, stdout, stderr }
    },
    offer: async (spec, settings = {}, count = 1, own) => {
      const id = own ?? `test-20260101-000000-${String((jobs += 1)).padStart(4, '0')}`
      const hosts = Array.from({ length: count }, (_, n) => ({
        id: `i-${n}`,
        name: `node-${n}`,
        ip: `127.0.0.${n + 1}`,
        slots: 2,
      }))
      const record: JobRecord = {
        version: 1,
        id,
        spec: { ...SPEC, nodes: count, ...spec },
        fleet: 'hpc',
        hosts,
        submittedAt: 0,
      }
      const bundle = await launchBundle(record, { ...SETTINGS, ...settings })
      bucket.objects.set(layout.launch(id), Buffer.from(bundle))
      return id
    },
    start: async (job, node = 0) => {
      started.push({ job, node })
      const { code, stderr } = await nodes.run(startJobScript(ctx, { job }), node)
      if (code !== 0) throw new Error(`start: ${code}: ${stderr}`)
    },
    state: (job, node = 0) => {
      const text = bucket.objects.get(layout.state(job, `node-${node}`))
      return text === undefined ? null : (JSON.parse(text.toString()) as RunnerState)
    },
    reaches: async (job, phase, node = 0, withinMs = 20_000) => {
      const deadline = Date.now() + withinMs
      for (;;) {
        const state = nodes.state(job, node)
        if (state?.phase === phase) return state
        if (Date.now() > deadline) throw new Error(`${job} is not ${phase} but ${JSON.stringify(state)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    log: (job, stream, source = 'node-0') => readLog(bucket, layout.log(job, source, stream)),
    forget: (job) => void started.splice(0, started.length, ...started.filter((one) => one.job !== job)),
    close: async () => {
      for (const { job, node } of started) {
        if (nodes.state(job, node)?.phase === 'done') continue
        await nodes.run(cancelJobScript(ctx, { job, graceS: 0 }), node)
        await nodes.reaches(job, 'done', node)
      }
      await bucket.close()
      // A runner's last act is a file that says so, some milliseconds after its state has arrived.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
  return nodes
}

/** The stream as a reader puts it together; throws where a byte is missing or there twice. */
function readLog(bucket: BucketStub, prefix: string): Buffer {
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()
  let at = 0
  const pieces = keys.map((key) => {
    const segment = parseSegment(key)
    const bytes = gunzipSync(bucket.objects.get(key) ?? Buffer.alloc(0))
    if (segment?.offset !== at || segment.length !== bytes.length)
      throw new Error(`${key}: byte ${at} was to come next`)
    at += bytes.length
    return bytes
  })
  return Buffer.concat(pieces)
}
