import type { Lease } from '../../ports/job-store.ts'
import type { Database } from './database.ts'

/** Takes a lease that is free or has run out, or null. Its token is one more than the last holder's. */
export function takeLease(database: Database, name: string, holder: string, until: number, now: number): Lease | null {
  const row = database.write(() =>
    database
      .prepare(
        `INSERT INTO leases (name, holder, token, until) VALUES (?, ?, 1, ?)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = token + 1, until = excluded.until
         WHERE until <= ? RETURNING token`,
      )
      .get(name, holder, until, now),
  )
  return row ? { name, holder, token: Number(row['token']), until } : null
}

/** Null where another holds it by now; one that ran out but nobody took is still one's own. */
export function renewLease(database: Database, lease: Lease, until: number): Lease | null {
  const { changes } = database.write(() =>
    database.prepare('UPDATE leases SET until = ? WHERE name = ? AND token = ?').run(until, lease.name, lease.token),
  )
  return Number(changes) === 0 ? null : { ...lease, until }
}

/** The row stays: its token must go on growing. */
export function releaseLease(database: Database, lease: Lease): void {
  database.write(() =>
    database.prepare('UPDATE leases SET until = 0 WHERE name = ? AND token = ?').run(lease.name, lease.token),
  )
}

export function holderOf(database: Database, name: string, now: number): Lease | null {
  const row = database.read(() => database.prepare('SELECT * FROM leases WHERE name = ? AND until > ?').get(name, now))
  return row ? { name, holder: String(row['holder']), token: Number(row['token']), until: Number(row['until']) } : null
}
