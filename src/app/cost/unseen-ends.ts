import type { NodeUse } from '../../core/cost/node-use.ts'
import { CLOSE_MS, endOf, type PaidThing } from '../../core/cost/paid-thing.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { leaseNote } from '../fleet/lease-note.ts'
import { readRecord } from '../job/records.ts'
import { readStates } from '../job/states.ts'
import type { Services } from '../services.ts'

type Needs = Pick<Services, 'ledger' | 'objects'>

/**
 * Until when nodes lived that are gone, that nobody had looked at for long, and of which the cloud tells no time, by id: to the end of
 * the lease that they had, which a job put off for as long as it said anything. A laptop that slept while its job ran would else count
 * its nodes until it fell asleep. Never throws: then they count until they were last seen.
 */
export async function unseenEnds(
  { name, nodes }: Pick<ObservedFleet, 'name' | 'nodes'>,
  known: readonly PaidThing[],
  lastAlive: (id: string) => number | null,
  now: number,
  services: Needs,
): Promise<ReadonlyMap<string, number>> {
  const there = new Set(nodes.map(({ id }) => id))
  const ended = nodes.filter(({ state, endedAt }) => endedAt === null && state !== 'pending' && state !== 'running')
  const machines = known.filter(({ kind }) => kind === 'node')
  const before = new Map(machines.map((one) => [one.id, one]))
  const missing = machines.filter(({ id }) => !there.has(id)).map((one) => ({ id: one.id, launchedAt: one.beganAt }))
  const unseen = [...ended, ...missing].filter(({ id, launchedAt }) => {
    const one = before.get(id)
    const seenAt = Math.max(one?.lastAliveAt ?? launchedAt, lastAlive(id) ?? 0)
    return (one === undefined || endOf(one) === null) && now - seenAt > CLOSE_MS
  })
  if (unseen.length === 0) return new Map()
  const ids = unseen.map(({ id }) => id)
  return guess(name, ids, now, services).catch(() => new Map())
}

async function guess(fleet: string, ids: readonly string[], now: number, { ledger, objects }: Needs) {
  const wanted = new Set(ids)
  const uses = (await ledger.uses({ fleet, jobs: null })).filter(({ node }) => wanted.has(node))
  const [note, ...heard] = await Promise.all([
    leaseNote(fleet, objects),
    ...[...Map.groupBy(uses, ({ run }) => run)].map(([run, held]) => lastWords(run, held, objects)),
  ])
  const words = new Map<string, number>()
  for (const [id, at] of heard.flat()) words.set(id, Math.max(words.get(id) ?? 0, at))
  const aloneMs = (note?.aloneS ?? 0) * 1000
  return new Map(
    ids.map((id) => {
      const said = words.get(id)
      const own = note?.nodeIds.includes(id) ? note : null
      const end = Math.max(own?.endsAt ?? 0, said === undefined ? 0 : said + aloneMs)
      // It stays an estimate, however near.
      return [id, Math.min(end, own?.spentAt ?? Infinity, now - CLOSE_MS - 1)]
    }),
  )
}

/** When a run was last heard of, by node. Where it has not ended for the ledger, its runners may have said more: mpi's is on one node. */
async function lastWords(
  run: string,
  held: readonly NodeUse[],
  objects: Needs['objects'],
): Promise<[string, number][]> {
  const told = held.map(({ node, until, from }): [string, number] => [node, until ?? from])
  const record = held.some(({ until }) => until === null) ? await readRecord(objects, run) : null
  if (record === null) return told
  const states = await readStates(record, objects)
  const last = Math.max(...states.map(({ state }) => state?.updatedAt ?? 0))
  const said = new Map(states.map(({ host, state }) => [host, state?.updatedAt ?? last]))
  const hosts = new Map(record.hosts.map(({ id, name }) => [id, said.get(name) ?? last]))
  return told.map(([node, at]) => [node, Math.max(at, hosts.get(node) ?? 0)])
}
