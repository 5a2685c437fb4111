import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessOf } from '../rehearsal/cloud.ts'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

let rehearsal: Rehearsal
let s3: S3Client
beforeAll(async () => {
  rehearsal = rehearse()
  succeeded(await rehearsal.run('sandbox', 'start'))
  s3 = new S3Client({ ...(await accessOf(rehearsal)), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'inputs' }))
  await s3.send(new CreateBucketCommand({ Bucket: 'results' }))
  await s3.send(new PutObjectCommand({ Bucket: 'inputs', Key: 'in/deep/data.bin', Body: BYTES }))
})
afterAll(async () => {
  s3.destroy()
  expect(await rehearsal.close()).toEqual([])
})

const BYTES = Buffer.from(Array.from({ length: 500_000 }, (_, at) => (at * at) % 253))
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function describeFleet(place: string, more = ''): Promise<void> {
  await mkdir(rehearsal.folder, { recursive: true })
  const storage = `{export: 's3://results/${place}', import: 's3://inputs/in'${more}}`
  await writeFile(join(rehearsal.folder, 'muster.yaml'), `fleets: {hpc: {nodes: 2, storage: ${storage}}}\n`)
}

/** Copies what is imported to both folders that are exported. */
const COPY = [
  '--launcher',
  'shell',
  '--nodes',
  '2',
  '--',
  'sh',
  '-c',
  'cat /fsx/data/deep/data.bin >"/fsx/export/copy of $(hostname)"; cp /fsx/data/deep/data.bin mine',
]

async function exported(place: string): Promise<Record<string, string>> {
  const list = await s3.send(new ListObjectsV2Command({ Bucket: 'results', Prefix: `${place}/` }))
  const files = (list.Contents ?? []).filter(({ Key }) => !Key!.endsWith('/'))
  const sums = await Promise.all(
    files.map(async ({ Key }) => {
      const object = await s3.send(new GetObjectCommand({ Bucket: 'results', Key }))
      return [Key!, sha((await object.Body?.transformToByteArray()) ?? new Uint8Array())] as const
    }),
  )
  return Object.fromEntries(sums)
}

const status = async () =>
  JSON.parse((await rehearsal.run('status', '--json')).stdout) as { fleets: { state: string; storage: object[] }[] }

/** Every file that the job wrote is there, with the bytes of what was imported. */
async function expectAll(place: string): Promise<void> {
  const files = await exported(place)
  const copies = Object.entries(files).filter(([key]) => /copy of |\/mine$/.test(key))
  // One of each node, and one in the work directory that both share.
  expect(copies.length).toBeGreaterThanOrEqual(3)
  expect(new Set(copies.map(([, sum]) => sum))).toEqual(new Set([sha(BYTES)]))
  expect(Object.keys(files).filter((key) => key.includes('/data/'))).toEqual([])
}

describe('storage with a contract', () => {
  it('brings data in before the job and results out before anything is deleted, byte for byte', async () => {
    await describeFleet('first')
    succeeded(await rehearsal.run('run', ...COPY))
    await expectAll('first')
    expect((await status()).fleets).toEqual([])
  })

  it('a failing export keeps the data and says where; the next down exports them', async () => {
    await describeFleet('second')
    succeeded(await rehearsal.run('run', '--keep', ...COPY))
    succeeded(await rehearsal.run('sandbox', 'fault', 'add', 'transfer-fails', 'count=1', 'files=2'))
    const failed = await rehearsal.run('down', '--json')
    expect(failed.exitCode).toBe(6)
    const { error } = JSON.parse(failed.stdout) as { error: { code: string; message: string; suggestions: string[] } }
    expect(error).toMatchObject({ code: 'ExportFailed' })
    expect(error.message).toMatch(
      /the data of fs-[0-9a-f]+ are not exported: task \S+ could not export 2 of \d+ files; they are kept there/,
    )
    expect((await status()).fleets).toMatchObject([{ state: 'kept', nodes: [], storage: [{ unexported: true }] }])
    const refused = await rehearsal.run('storage', 'delete', 'hpc', '--yes', '--json')
    expect(JSON.parse(refused.stdout).error).toMatchObject({ code: 'DataUnexported' })
    succeeded(await rehearsal.run('down'))
    await expectAll('second')
    expect((await status()).fleets).toEqual([])
  })

  it('--discard-data deletes what could not be exported', async () => {
    await describeFleet('third')
    succeeded(await rehearsal.run('up'))
    succeeded(await rehearsal.run('down', '--discard-data'))
    expect(await exported('third')).toEqual({})
    expect((await status()).fleets).toEqual([])
  })

  it('what is kept is mounted again by the next raise, and deleted by name', async () => {
    await describeFleet('fourth', ', onTeardown: keep')
    succeeded(await rehearsal.run('run', ...COPY))
    expect((await status()).fleets).toMatchObject([{ state: 'kept', storage: [{ onTeardown: 'keep' }] }])
    const look = await rehearsal.run('run', '--launcher', 'shell', '--nodes', '1', '--', 'sh', '-c', 'ls /fsx/export')
    expect(succeeded(look).stdout).toContain('copy of')
    const list = JSON.parse((await rehearsal.run('storage', 'list', '--json')).stdout) as { storage: object[] }
    expect(list.storage).toMatchObject([{ fleet: 'hpc', data: 'unexported', onTeardown: 'keep' }])
    succeeded(await rehearsal.run('storage', 'delete', 'hpc', '--discard-data', '--yes'))
    expect((await status()).fleets).toEqual([])
  })

  it.for([['"flush-storage"'], ['"export-storage"'], ['"check-export"'], ['"delete-storage"']])(
    'kill -9 at %s: the same command again exports everything and leaves nothing',
    async ([word]) => {
      const place = `killed-${word!.replaceAll('"', '')}`
      await describeFleet(place)
      succeeded(await rehearsal.run('run', '--keep', ...COPY))
      const first = rehearsal.start('down', '--progress', 'jsonl')
      await until(
        `${word} has begun`,
        async () => /"action.started"/.test(first.stdout()) && startsAction(first.stdout(), word!),
      )
      first.process.kill('SIGKILL')
      await first.ended
      succeeded(await rehearsal.run('down'))
      await expectAll(place)
      expect((await status()).fleets).toEqual([])
    },
  )
})

function startsAction(stdout: string, kind: string): boolean {
  return stdout.split('\n').some((line) => line.includes('"action.started"') && line.includes(kind))
}
