import type { NodeUse, UseChange } from '../../core/cost/node-use.ts'
import { mergePaid, type PaidThing } from '../../core/cost/paid-thing.ts'
import type { TaskOutcome } from '../../core/queue/task-event.ts'
import type { Ledger, PaidFilter, UseFilter } from '../../ports/ledger.ts'
import type { Database } from './database.ts'

type Row = Readonly<Record<string, unknown>>

/** The ledger in the queue's file. */
export function ledgerIn(database: Database): Ledger {
  return {
    see: async (things) => database.write(() => things.forEach((thing) => seeOne(database, thing))),
    paid: async (filter) => listPaid(database, filter),
    use: async (uses) => database.write(() => uses.forEach((use) => takeNode(database, use))),
    uses: async (filter) => listUses(database, filter),
  }
}

/** Part of the write that adds the event. */
export function writeUse(database: Database, change: UseChange): void {
  if (change.kind === 'taken') return change.uses.forEach((use) => takeNode(database, use))
  database
    .prepare('UPDATE uses SET until_at = ?, outcome = ? WHERE run = ?')
    .run(change.until, change.outcome, change.run)
}

function seeOne(database: Database, seen: PaidThing): void {
  const key = [seen.kind, seen.id, seen.beganAt] as const
  const row = database.prepare('SELECT document FROM paid WHERE kind = ? AND id = ? AND began_at = ?').get(...key)
  const thing = row ? mergePaid(JSON.parse(String(row['document'])) as PaidThing, seen) : seen
  database
    .prepare(
      `INSERT INTO paid (kind, id, began_at, fleet, document) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET fleet = excluded.fleet, document = excluded.document`,
    )
    .run(...key, thing.fleet, JSON.stringify(thing))
}

const ALL_PAID = 'SELECT document FROM paid WHERE (?1 IS NULL OR fleet = ?1)'
const PAID_OF_IDS = `SELECT document FROM json_each(?2) AS wanted
  JOIN paid ON paid.kind IN ('node', 'storage') AND paid.id = wanted.value WHERE (?1 IS NULL OR fleet = ?1)`

function listPaid(database: Database, { fleet, ids }: PaidFilter): PaidThing[] {
  const order = 'ORDER BY began_at, paid.id'
  const rows = database.read(() =>
    ids === null
      ? database.prepare(`${ALL_PAID} ${order}`).all(fleet)
      : database.prepare(`${PAID_OF_IDS} ${order}`).all(fleet, JSON.stringify(ids)),
  )
  return rows.map((row) => JSON.parse(String(row['document'])) as PaidThing)
}

function takeNode(database: Database, use: NodeUse): void {
  database
    .prepare(
      `INSERT INTO uses (run, node, job, idx, attempt, fleet, cores, from_at, until_at, outcome)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET until_at = excluded.until_at, outcome = excluded.outcome`,
    )
    .run(
      use.run,
      use.node,
      use.job,
      use.index ?? -1,
      use.attempt,
      use.fleet,
      use.cores,
      use.from,
      use.until,
      use.outcome,
    )
}

const ALL_USES = 'SELECT * FROM uses WHERE (?1 IS NULL OR fleet = ?1)'
const USES_OF_JOBS = `SELECT uses.* FROM json_each(?2) AS wanted JOIN uses ON uses.job = wanted.value
  WHERE (?1 IS NULL OR fleet = ?1)`

function listUses(database: Database, { fleet, jobs }: UseFilter): NodeUse[] {
  const order = 'ORDER BY from_at, run, node'
  const rows = database.read(() =>
    jobs === null
      ? database.prepare(`${ALL_USES} ${order}`).all(fleet)
      : database.prepare(`${USES_OF_JOBS} ${order}`).all(fleet, JSON.stringify(jobs)),
  )
  return rows.map(useIn)
}

const numberOr = (value: unknown) => (value === null ? null : Number(value))

function useIn(row: Row): NodeUse {
  const index = Number(row['idx'])
  return {
    run: String(row['run']),
    node: String(row['node']),
    job: String(row['job']),
    index: index < 0 ? null : index,
    attempt: Number(row['attempt']),
    fleet: String(row['fleet']),
    cores: numberOr(row['cores']),
    from: Number(row['from_at']),
    until: numberOr(row['until_at']),
    outcome: row['outcome'] as TaskOutcome | null,
  }
}
