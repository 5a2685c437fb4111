import { describe, expect, it } from 'vitest'
import { readCost } from '../../../../src/app/cost/read-cost.ts'
import { keepLeaseNote } from '../../../../src/app/fleet/lease-note.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import { observeFleet } from '../../../../src/app/fleet/observe.ts'
import { raiseFleet } from '../../../../src/app/fleet/raise.ts'
import { takeDown } from '../../../../src/app/fleet/take-down.ts'
import { endOf } from '../../../../src/core/cost/paid-thing.ts'
import { MusterError } from '../../../../src/core/errors/muster-error.ts'
import { fakeServices, type FakeServices } from '../../../fakes/services.ts'
import { FLEET, JOB, playNodes } from '../sample.ts'

const ALL = { fleet: null, ids: null } as const

async function raised(overrides: Partial<FakeServices> = {}): Promise<FakeServices> {
  const services = fakeServices(overrides)
  playNodes(services)
  await raiseFleet(FLEET, services)
  return services
}

async function fullDisk(): Promise<never> {
  throw new MusterError('DiskFull', 'the queue cannot be written: the disk is full')
}

describe('the ledger', () => {
  it('has what was raised and taken down, with prices and times, after all of it is gone', async () => {
    const services = await raised()
    const launched = services.compute.alive(FLEET.name)
    await takeDown(FLEET.name, services)
    const paid = await services.ledger.paid(ALL)
    const nodes = paid.filter(({ kind }) => kind === 'node')
    expect(nodes.map(({ id }) => id).toSorted()).toEqual(launched.toSorted())
    for (const node of nodes) {
      expect(node).toMatchObject({ usdPerHour: 1.6832, priceFrom: 'price list, 2026-07-20', cores: 64 })
      expect(node.readyAt).toBeGreaterThan(node.beganAt)
      expect(endOf(node)).toMatchObject({ isEstimated: false })
    }
    const [disk] = paid.filter(({ kind }) => kind === 'storage')
    expect(disk).toMatchObject({ what: expect.stringMatching(/^\d+ GiB SCRATCH_2$/), goneAt: expect.any(Number) })
    expect(disk?.usdPerHour).toBeGreaterThan(0)
  })

  it('that was lost knows again what is there, from its launch, and calls none of it boot', async () => {
    const services = await raised()
    const hour = 3_600_000
    await services.clock.sleep(5 * hour)
    const { ledger } = fakeServices()
    const { fleets } = await readCost({ of: null, since: null }, { ...services, ledger })
    expect(fleets).toMatchObject([{ boot: { hours: 0 }, nodes: 2 }])
    expect(fleets[0]!.idle.hours).toBeGreaterThanOrEqual(10)
    expect(fleets[0]!.paid.usd.total).toBeCloseTo(
      (await readCost({ of: null, since: null }, services)).paid.usd.total!,
      2,
    )
  })

  it('ends what nobody saw end where it was last seen', async () => {
    const services = await raised()
    const { clock, compute, ledger } = services
    await clock.sleep(3_600_000)
    await observeFleet(FLEET.name, services)
    const seenAt = clock.now()
    await clock.sleep(7_200_000)
    const observe = async (fleet: string) => ({ ...(await compute.observe(fleet)), nodes: [] })
    await observeFleet(FLEET.name, { ...services, compute: { ...compute, observe } })
    const ends = (await ledger.paid(ALL)).filter(({ kind }) => kind === 'node').map(endOf)
    expect(ends.length).toBeGreaterThan(0)
    for (const end of ends) expect(end).toEqual({ at: seenAt, isEstimated: true })
  })

  it('counts what nobody saw end to the end of its lease, which a job puts off for as long as it was heard of', async () => {
    const services = await raised()
    const { clock, compute, ledger, objects } = services
    const ids = compute.alive(FLEET.name)
    const hour = 3_600_000
    const seenAt = clock.now()
    const note = { endsAt: seenAt + hour, spentAt: null, aloneS: 1800, nodeIds: ids }
    await keepLeaseNote(FLEET.name, note, objects)
    const hosts = ids.map((id, nth) => ({ id, name: `node-${nth}`, ip: '10.0.0.1', slots: 64 }))
    const job = 'sim-20261124-010203-abcd'
    const record = { version: 1, id: job, spec: JOB, fleet: FLEET.name, hosts, submittedAt: seenAt }
    const held = { run: job, job, index: null, attempt: 1, fleet: FLEET.name, cores: null, from: seenAt }
    await ledger.use([{ ...held, node: ids[0]!, until: null, outcome: null }])
    await objects.putBytes(layout.record(job), Buffer.from(JSON.stringify(record)))
    const state = { phase: 'running', updatedAt: seenAt + 5 * hour }
    await objects.putBytes(layout.state(job, 'node-0'), Buffer.from(JSON.stringify(state)))
    await clock.sleep(24 * hour)
    const observe = async (fleet: string) => ({ ...(await compute.observe(fleet)), nodes: [] })
    await observeFleet(FLEET.name, { ...services, compute: { ...compute, observe } })
    const paid = (await ledger.paid(ALL)).filter(({ kind }) => kind === 'node')
    const ends = new Map(paid.map((one) => [one.id, endOf(one)]))
    expect(ends.get(ids[0]!)).toEqual({ at: seenAt + 5.5 * hour, isEstimated: true })
    expect(ends.get(ids[1]!)).toEqual({ at: seenAt + hour, isEstimated: true })
  })

  it('that was lost counts what the cloud still shows as ended to the end of its lease, whoever else was there before', async () => {
    const services = await raised()
    const { clock, compute, objects } = services
    const [first, second] = compute.alive(FLEET.name) as [string, string]
    const launchedAt = clock.now()
    await clock.sleep(600_000)
    const note = { endsAt: clock.now(), spentAt: null, aloneS: 600, nodeIds: [first] }
    await keepLeaseNote(FLEET.name, note, objects)
    await clock.sleep(600_000)
    const observe = async (fleet: string) => {
      const seen = await compute.observe(fleet)
      return { ...seen, nodes: seen.nodes.map((node) => ({ ...node, state: 'terminated' as const, endedAt: null })) }
    }
    const { ledger } = fakeServices()
    await observeFleet(FLEET.name, { ...services, ledger, compute: { ...compute, observe } })
    const ends = new Map((await ledger.paid(ALL)).map((one) => [one.id, endOf(one)]))
    expect(ends.get(first)).toEqual({ at: note.endsAt, isEstimated: true })
    expect(ends.get(second)!.at).toBeLessThanOrEqual(launchedAt)
  })

  it('learns of a fleet that is gone from whoever looks next, in a process of its own', async () => {
    const services = await raised()
    const { clock, compute, storage, ledger } = services
    await clock.sleep(7_200_000)
    const gone = {
      ...services,
      compute: { ...compute, observe: async (fleet: string) => ({ ...(await compute.observe(fleet)), nodes: [] }) },
      storage: { ...storage, observe: async () => [] },
      ledger: { ...ledger },
    }
    const { fleets, paid } = await readCost({ of: null, since: null }, gone)
    expect(fleets).toMatchObject([{ fleet: FLEET.name, until: expect.any(Number), estimated: 3 }])
    expect(paid.hours).toBeLessThan(1)
  })

  it('that cannot be written keeps no fleet from being raised or ended, and is said once', async () => {
    const { ledger } = fakeServices()
    const services = await raised({ ledger: { ...ledger, see: fullDisk } })
    await takeDown(FLEET.name, services)
    expect(services.compute.alive(FLEET.name)).toEqual([])
    const said = services.events.of('warning').map(({ message }) => message)
    expect(said.filter((message) => message.includes('is not written down: the queue cannot be written'))).toHaveLength(
      1,
    )
  })
})
