import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DescribeInstancesCommand, EC2Client, type Instance } from '@aws-sdk/client-ec2'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessOf } from '../rehearsal/cloud.ts'
import { rehearse, succeeded, type Rehearsal, type Running } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

/**
 * Whoever works the queue is killed, and its disk is gone with the queue, the journal and the locks: at every stage of a fleet, each on
 * a laptop of its own, in one cloud, side by side.
 */
const LEASE_S = 20
/** What is promised: every node is gone within its lease and a minute, after its job. */
const PROMISE_MS = (LEASE_S + 60) * 1000
const JOB_S = 25

interface Stage {
  readonly storage?: string
  readonly job?: string
  /** What `muster work` has said, or where its task stands, when all is lost. */
  readonly at: { readonly action: 'started' | 'done'; readonly kind: string } | { readonly task: 'running' | 'done' }
}

const STAGES = {
  launching: { at: { action: 'started', kind: 'launch-cohort' } },
  booting: { at: { action: 'done', kind: 'launch-cohort' } },
  installing: { at: { action: 'started', kind: 'install-nodes' } },
  mounting: { storage: '{onTeardown: delete}', at: { action: 'started', kind: 'mount-storage' } },
  idle: { at: { task: 'done' } },
  running: { job: `sleep ${JOB_S}`, at: { task: 'running' } },
  draining: { at: { action: 'started', kind: 'terminate-nodes' } },
  exporting: {
    storage: '{export: "s3://precious/out"}',
    job: 'echo precious >data',
    at: { action: 'started', kind: 'flush-storage' },
  },
} as const satisfies Readonly<Record<string, Stage>>

let cloud: Rehearsal
let ec2: EC2Client
const folders: string[] = []
beforeAll(async () => {
  cloud = rehearse()
  succeeded(await cloud.run('sandbox', 'start'))
  const access = await accessOf(cloud)
  ec2 = new EC2Client(access)
  const s3 = new S3Client({ ...access, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'precious' }))
  s3.destroy()
})
afterAll(async () => {
  ec2.destroy()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  expect(await cloud.close()).toEqual([])
})

async function instances(): Promise<Instance[]> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}))
  return Reservations.flatMap(({ Instances = [] }) => Instances)
}

async function isGone(fleet: string): Promise<boolean> {
  const all = await instances()
  const own = all.filter(({ Tags = [] }) => Tags.some(({ Key, Value }) => Key === 'muster:fleet' && Value === fleet))
  return own.every(({ State }) => State?.Name === 'terminated')
}

async function loseAllAt(fleet: string, { storage = 'none', job = 'true', at }: Stage): Promise<void> {
  const home = join(cloud.home, `laptop-${fleet}`)
  mkdirSync(home)
  symlinkSync(join(cloud.home, 'muster', 'sandbox'), join(home, 'sandbox'))
  const laptop = rehearse({ MUSTER_HOME: home })
  folders.push(laptop.home)
  const described = `{nodes: {min: 0, max: 1}, storage: ${storage}, lease: ${LEASE_S}s}`
  writeFileSync(join(laptop.folder, 'muster.yaml'), `fleets:\n  ${fleet}: ${described}\n`)
  const program = ['--launcher', 'shell', '--nodes', '1', '--', 'sh', '-c', job]
  succeeded(await laptop.run('submit', '--fleet', fleet, ...program))
  const drains = fleet === 'draining' || fleet === 'exporting'
  const worker = laptop.start('work', '--progress', 'jsonl', ...(drains ? ['--until-drained'] : []))
  await until(`${fleet} is at its stage`, async () => isThere(at, worker, laptop), 90_000)
  worker.process.kill('SIGKILL')
  await worker.ended
  rmSync(home, { recursive: true })
  const runs = fleet === 'running' ? JOB_S * 1000 : 0
  await until(`every node of ${fleet} has ended itself`, () => isGone(fleet), runs + PROMISE_MS)
}

async function isThere(at: Stage['at'], worker: Running, laptop: Rehearsal): Promise<boolean> {
  if ('task' in at) {
    const { jobs } = JSON.parse(succeeded(await laptop.run('jobs', '--all', '--json')).stdout) as {
      readonly jobs: readonly { readonly tasks: Readonly<Record<string, number>> }[]
    }
    return jobs.some(({ tasks }) => (tasks[at.task] ?? 0) > 0)
  }
  const words = [`"action.${at.action}"`, `"kind":"${at.kind}"`]
  return worker
    .stdout()
    .split('\n')
    .some((line) => words.every((word) => line.includes(word)))
}

interface Leftovers {
  readonly leftovers: readonly { readonly fleet: string; readonly kind: string; readonly kept: string | null }[]
}
async function gc(...words: readonly string[]) {
  const { exitCode, stdout } = await cloud.run('gc', '--json', ...words)
  const { leftovers } = JSON.parse(stdout) as Leftovers
  const said = leftovers.filter(({ kept }) => kept !== null).map(({ fleet, kind, kept }) => `${fleet} ${kind}: ${kept}`)
  return { exitCode, fleets: [...new Set(leftovers.map(({ fleet }) => fleet))].toSorted(), leftovers, kept: said }
}

const KEPT = ['exporting file system: its data are nowhere else', 'exporting security group: the file system uses it']
const YOUNG_MS = 60_000

it('kill -9 and the loss of the disk, at every stage: all nodes end; gc removes the rest, and keeps data that are nowhere else', async () => {
  await Promise.all(Object.entries(STAGES).map(([fleet, stage]) => loseAllAt(fleet, stage)))
  await until('nothing is young any more', async () =>
    (await instances()).every(({ LaunchTime }) => Date.now() - LaunchTime!.getTime() > YOUNG_MS),
  )
  const listed = await gc()
  expect(listed).toMatchObject({ exitCode: 0, fleets: Object.keys(STAGES).toSorted(), kept: KEPT })
  expect(listed.leftovers.filter(({ kind }) => kind === 'instance')).toEqual([])
  expect(await gc('--yes')).toMatchObject({ exitCode: 6, fleets: listed.fleets, kept: KEPT })
  expect(await gc('--yes')).toMatchObject({ exitCode: 6, fleets: ['exporting'], kept: KEPT })
  const { stdout } = succeeded(await cloud.run('gc'))
  expect(stdout).toMatch(/its data are nowhere else[^]*muster down exporting[^]*muster gc --yes --discard-data/)
  expect(await gc('--yes', '--discard-data')).toMatchObject({ exitCode: 0, fleets: ['exporting'], kept: [] })
  expect(await gc()).toMatchObject({ exitCode: 0, leftovers: [] })
  expect((await instances()).every(({ State }) => State?.Name === 'terminated')).toBe(true)
})
