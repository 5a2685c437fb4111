import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileJournal } from '../../src/cli/journal.ts'
import { temporaryFolder } from './fixtures/run.ts'

test('one line an entry, one file a fleet, for nobody else to read', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal')
  const journal = fileJournal(path, 'sandbox')
  journal.intend({ fleet: 'hpc', action: 'a-1', kind: 'launch-cohort', at: 1 })
  journal.settled({ fleet: 'hpc', action: 'a-1', outcome: 'done', at: 2 })
  journal.intend({ fleet: '../up', action: 'b-1', kind: 'terminate', at: 3 })
  const lines = readFileSync(join(path, 'hpc.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { entry: 'intend', cloud: 'sandbox', fleet: 'hpc', action: 'a-1', kind: 'launch-cohort', at: 1 },
    { entry: 'settled', cloud: 'sandbox', fleet: 'hpc', action: 'a-1', outcome: 'done', at: 2 },
  ])
  expect(statSync(join(path, '.._up.jsonl')).mode & 0o777).toBe(0o600)
})

test('a journal that cannot be written says where', () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'file'), '')
  const journal = fileJournal(join(folder.path, 'file', 'journal'), 'sandbox')
  expect(() => journal.intend({ fleet: 'hpc', action: 'a', kind: 'k', at: 1 })).toThrow(/cannot write .*hpc\.jsonl/)
})

test('tells when it was last written, of one fleet and of any: another process may have died since', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal')
  const journal = fileJournal(path, 'sandbox')
  expect([journal.lastAt('a'), journal.lastAt(null)]).toEqual([null, null])
  const began = Date.now()
  journal.intend({ fleet: 'a', action: 'a/x', kind: 'x', at: began })
  const again = fileJournal(path, 'sandbox')
  // File systems keep times in ticks of some milliseconds.
  expect(again.lastAt('a')).toBeGreaterThan(began - 100)
  expect([again.lastAt('b'), again.lastAt(null)]).toEqual([null, again.lastAt('a')])
})

test('tells what was done in the same cloud, and passes over lines that a crash cut off', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'journal')
  const journal = fileJournal(path, 'sandbox')
  expect(journal.past('hpc')).toEqual([])
  for (const each of [journal, fileJournal(path, 'aws')]) {
    each.intend({ fleet: 'hpc', action: 'hpc/a', kind: 'launch-cohort', at: 1 })
    each.settled({ fleet: 'hpc', action: 'hpc/a', outcome: 'done', at: 3 })
  }
  journal.intend({ fleet: 'hpc', action: 'hpc/b', kind: 'create-storage', at: 4 })
  journal.settled({ fleet: 'hpc', action: 'hpc/b', outcome: 'failed', at: 5 })
  appendFileSync(join(path, 'hpc.jsonl'), '{"entry":"int')
  expect(fileJournal(path, 'sandbox').past('hpc')).toEqual([{ kind: 'launch-cohort', beganAt: 1, endedAt: 3 }])
})
