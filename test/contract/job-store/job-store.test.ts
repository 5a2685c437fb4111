import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewTask } from '../../../src/core/queue/fold.ts'
import { shellQuote } from '../../../src/kit/shell-quote.ts'
import { MIGRATIONS } from '../../../src/store/sqlite/migrations.ts'
import { openJobStore } from '../../../src/store/sqlite/job-store.ts'
import { fakeJobStore } from '../../fakes/job-store.ts'
import { AT, BORN, queuedJob } from './jobs.ts'
import { describeLedger, ENDED, PLACED } from './ledger-suite.ts'
import { describeJobStore } from './suite.ts'

let folder: string
let count = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-store-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = () => join(folder, `queue-${(count += 1)}`, 'queue.db')

describeJobStore('fake', async () => fakeJobStore())
describeJobStore('SQLite', async () => openJobStore(path()))
describeLedger('fake', async () => fakeJobStore())
describeLedger('SQLite', async () => openJobStore(path()))

describe('the file of the queue', () => {
  it('is for its owner alone: jobs have environments', async () => {
    const file = path()
    openJobStore(file).close()
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('tells when another muster has written to it, and of nothing of its own', async () => {
    const file = path()
    const [ours, theirs] = [openJobStore(file), openJobStore(file)]
    await ours.submit([queuedJob()], BORN)
    const seen = await ours.revision()
    await ours.setNote('work', 'ours')
    await theirs.tasks({ fleet: null, states: null, job: null })
    expect(await ours.revision()).toBe(seen)
    await theirs.submit([queuedJob({ id: 'mesh-20261123-143205-k7f2' })], BORN)
    expect(await ours.revision()).not.toBe(seen)
    ours.close()
    theirs.close()
  })

  it('of a newer muster is refused and not touched', () => {
    const file = path()
    openJobStore(file).close()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(() => openJobStore(file)).toThrow(/is of a newer muster/)
    const again = new DatabaseSync(file)
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 })
    again.close()
  })

  it('of an older muster is brought up to date, with what its tasks held of nodes', async () => {
    const file = path()
    mkdirSync(dirname(file), { recursive: true })
    const old = new DatabaseSync(file)
    old.exec(MIGRATIONS[0]!)
    old.exec('PRAGMA user_version = 1')
    const job = queuedJob({ array: [4] })
    const view = viewTask([BORN, PLACED, ENDED])
    old.prepare('INSERT INTO jobs VALUES (?, ?, ?, NULL, ?)').run(job.id, job.fleet, AT, JSON.stringify(job))
    old.prepare('INSERT INTO tasks VALUES (?, 4, ?, ?, 3, ?)').run(job.id, job.fleet, view.state, JSON.stringify(view))
    old.close()
    const store = openJobStore(file)
    expect(await store.uses({ fleet: null, jobs: [job.id] })).toEqual(
      ['i-1', 'i-2'].map((node) => ({
        run: job.id,
        node,
        job: job.id,
        index: 4,
        attempt: 1,
        fleet: 'hpc',
        cores: null,
        from: AT + 10,
        until: AT + 20,
        outcome: 'failed',
      })),
    )
    store.close()
  })

  it('that is damaged is named, with what to do', () => {
    const file = path()
    openJobStore(file).close()
    writeFileSync(file, 'this is no database, but long enough to be taken for one'.repeat(100))
    expect(() => openJobStore(file)).toThrow(expect.objectContaining({ code: 'StoreDamaged' }))
  })

  it('that is damaged and lies in a folder with a space is named with a command that a shell takes', () => {
    const file = join(dirname(path()), "a b's", 'queue.db')
    openJobStore(file).close()
    writeFileSync(file, 'this is no database, but long enough to be taken for one'.repeat(100))
    const suggestions = [`mv ${shellQuote(file)} ${shellQuote(`${file}.damaged`)}`]
    expect(() => openJobStore(file)).toThrow(expect.objectContaining({ code: 'StoreDamaged', suggestions }))
  })

  it('cannot be where a file is in the place of its folder: that is no bug', () => {
    const file = path()
    writeFileSync(dirname(file), '')
    const unusable = expect.objectContaining({
      code: 'StoreDamaged',
      suggestions: [`ls -ld ${dirname(file)}`, 'df -h'],
    })
    expect(() => openJobStore(file)).toThrow(unusable)
    expect(() => openJobStore(join(file, 'queue.db'))).toThrow(expect.objectContaining({ code: 'StoreDamaged' }))
  })

  it('keeps what several processes write at once, each job once and whole', async () => {
    const file = path()
    const writer = new URL('./writer.ts', import.meta.url).pathname
    await Promise.all([0, 1, 2, 3].map((nth) => execa(process.execPath, [writer, file, String(nth), '25', '1'])))
    const store = openJobStore(file)
    const jobs = await store.jobs({ fleet: null, states: null, limit: 1000 })
    expect(jobs).toHaveLength(100)
    expect(jobs.every(({ counts }) => counts.done === 2)).toBe(true)
    store.close()
  })

  it('has all of what a writer that is killed had been told was written, and of jobs submitted together all or none', async () => {
    const file = path()
    const writer = new URL('./writer.ts', import.meta.url).pathname
    const child = execa(process.execPath, [writer, file, '0', '100000', '50'], { reject: false })
    const said: string[] = []
    for await (const line of child) {
      said.push(line)
      if (said.length === 500) child.kill('SIGKILL')
    }
    const store = openJobStore(file)
    const all = await store.jobs({ fleet: null, states: null, limit: 100_000 })
    const known = new Set(all.map(({ job }) => job.id))
    expect(said.filter((id) => !known.has(id))).toEqual([])
    expect(known.size % 50).toBe(0)
    store.close()
  })

  it('takes in an array of ten thousand tasks, and gives them back', async () => {
    const store = openJobStore(path())
    await store.submit([queuedJob({ array: Array.from({ length: 10_000 }, (_, at) => at) })], BORN)
    expect(await store.jobs({ fleet: null, states: ['waiting'], limit: 1 })).toMatchObject([
      { counts: { waiting: 10_000 } },
    ])
    expect(await store.tasks({ fleet: null, states: ['waiting'], job: null })).toHaveLength(10_000)
    expect(await store.lease('queue', 'a', 1, AT)).not.toBeNull()
    store.close()
  })

  it('writes the long description of a large array once when many of its tasks end, not once for each', async () => {
    const file = path()
    const store = openJobStore(file)
    const job = queuedJob({ array: Array.from({ length: 1000 }, (_, at) => at) })
    await store.submit([job], BORN)
    const beside = new DatabaseSync(file)
    beside.exec('CREATE TABLE written (job TEXT)')
    beside.exec('CREATE TRIGGER see AFTER UPDATE ON jobs BEGIN INSERT INTO written VALUES (new.id); END')
    const event = { type: 'finished', at: AT + 5, outcome: 'done', exitCode: 0, message: '' } as const
    const ends = job.array!.map((index) => ({ key: { job: job.id, index }, event, expects: 1 }))
    expect(await store.append(ends, null)).toHaveLength(1000)
    expect(beside.prepare('SELECT count(*) AS times FROM written').get()).toEqual({ times: 1 })
    expect(await store.jobs({ fleet: null, states: null, limit: 1 })).toMatchObject([{ endedAt: AT + 5 }])
    beside.close()
    store.close()
  })
})
