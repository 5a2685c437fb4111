import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { raiseFleet } from '../../../src/app/fleet/raise.ts'
import { scaleFleet } from '../../../src/app/fleet/scale.ts'
import { planFleetScale } from '../../../src/app/plan/plan-fleet-scale.ts'
import { requestFromFlags, splitFewer } from '../../../src/commands/scale.ts'
import { jobId } from '../../../src/core/job/id.ts'
import { layout } from '../../../src/core/job/layout.ts'
import { NO_LIMITS } from '../../../src/core/fleet/limits.ts'
import { fakeServices, type FakeServices } from '../../fakes/services.ts'
import { FLEET, JOB, playNodes } from './sample.ts'

const asked = (nodes: string | undefined, type?: string, timeout = '1d') =>
  requestFromFlags(FLEET, nodes, { type, timeout, yes: false })

async function up(): Promise<FakeServices> {
  const services = fakeServices()
  playNodes(services)
  await raiseFleet(FLEET, services)
  return services
}

/** A job that runs on the given ranks of the first cohort until it is said to be done. */
async function runJob(services: FakeServices, ...ranks: readonly number[]): Promise<{ end(): void }> {
  const { nodes } = await services.compute.observe('hpc')
  const submittedAt = services.clock.now()
  const id = jobId('long', submittedAt, 0.5)
  const hosts = ranks.map((rank) => ({ id: nodes[rank]!.id, name: `node-${rank}`, ip: '', slots: 1 }))
  services.objects.plant(
    layout.record(id),
    JSON.stringify({ version: 1, id, spec: JOB, fleet: 'hpc', hosts, submittedAt }),
  )
  const say = (phase: string) => {
    const state = { phase, exitCode: 0, reason: 'exited', message: '', startedAt: submittedAt, updatedAt: submittedAt }
    services.objects.plant(
      layout.state(id, hosts[0]!.name),
      JSON.stringify({ ...state, logBytes: null, outputBytes: null }),
    )
  }
  say('running')
  return { end: () => say('done') }
}

const types = async (services: FakeServices) =>
  (await services.compute.observe('hpc')).nodes
    .filter(({ state }) => state === 'running' || state === 'pending')
    .map(({ instanceType }) => instanceType)

describe('scaling a fleet', () => {
  it('grows by a cohort beside the old one, shrinks again, and can be asked twice', async () => {
    const services = await up()
    const grown = await scaleFleet(asked('+3'), services)
    expect(grown).toMatchObject({
      before: { nodes: 2 },
      after: { nodes: 5, cohorts: [{ name: 'c0x2' }, { name: 'c1x3' }] },
    })
    expect(services.compute.called('launchCohort')).toBe(2)
    expect(await scaleFleet(asked('5'), services)).toMatchObject({ after: { nodes: 5 } })
    expect(services.compute.called('launchCohort')).toBe(2)
    expect(await scaleFleet(asked('-1'), services)).toMatchObject({ after: { nodes: 4 } })
    expect(await scaleFleet(asked('1'), services)).toMatchObject({ after: { nodes: 1 } })
    expect(services.compute.alive('hpc').length).toBeGreaterThanOrEqual(1)
  })

  it('asks once for the end of a node, however late the cloud shows it', async () => {
    const services = await up()
    const { compute, clock } = services
    const ended = new Map<string, number>()
    const isShown = (id: string) => clock.now() - (ended.get(id) ?? -Infinity) >= 5000
    const late: FakeServices = {
      ...services,
      compute: {
        ...compute,
        terminate: async (ids) => {
          for (const id of ids) ended.set(id, clock.now())
          await compute.terminate(ids)
        },
        observe: async (fleet) => {
          const seen = await compute.observe(fleet)
          return { ...seen, nodes: seen.nodes.map((node) => (isShown(node.id) ? node : { ...node, state: 'running' })) }
        },
      },
    }
    expect(await scaleFleet(asked('1'), late)).toMatchObject({ after: { nodes: 1 } })
    expect(compute.called('terminate')).toBe(1)
  })

  it('replaces the type, keeping the number; a run of the new type finds it up', async () => {
    const services = await up()
    const result = await scaleFleet(asked(undefined, 'c7gn.16xlarge'), services)
    expect(result.after.cohorts).toMatchObject([{ instanceType: 'c7gn.16xlarge', nodes: 2 }])
    expect(result.after.usdPerHour.known).toBeGreaterThan(result.before.usdPerHour.known ?? 0)
    expect(await raiseFleet({ ...FLEET, types: ['c7gn.16xlarge'] }, services)).toMatchObject({ warm: true })
  })

  it('never ends a node with a job: fewer is refused, another type waits for it, and gives up in time', async () => {
    const services = await up()
    const job = await runJob(services, 0, 1)
    await expect(scaleFleet(asked('1'), services)).rejects.toMatchObject({
      code: 'FleetBusy',
      suggestions: expect.arrayContaining(['muster scale hpc 2']),
    })
    await expect(scaleFleet(asked(undefined, 'c7gn.16xlarge', '10m'), services)).rejects.toMatchObject({
      code: 'FleetBusy',
    })
    expect((await types(services)).toSorted()).toEqual([
      'c7gn.16xlarge',
      'c7gn.16xlarge',
      'hpc7g.16xlarge',
      'hpc7g.16xlarge',
    ])
    job.end()
    await scaleFleet(asked(undefined, 'c7gn.16xlarge'), services)
    expect(await types(services)).toEqual(['c7gn.16xlarge', 'c7gn.16xlarge'])
  })

  it('is all or nothing: without room the fleet is as it was', async () => {
    const services = await up()
    services.compute.shortage()
    await expect(scaleFleet(asked('+2'), services)).rejects.toMatchObject({ code: 'CapacityShortage' })
    expect(await types(services)).toEqual(['hpc7g.16xlarge', 'hpc7g.16xlarge'])
    services.compute.plenty()
    services.compute.muteAgents(1)
    await expect(scaleFleet(asked('+2'), services)).rejects.toMatchObject({ code: 'NodeNeverRegistered' })
    expect(await types(services)).toEqual(['hpc7g.16xlarge', 'hpc7g.16xlarge'])
  })

  it('has never more than nodes.max, and nothing above a limit', async () => {
    const services = await up()
    const most = { ...asked('+2'), wanted: { ...FLEET, maxNodes: 3 } }
    await expect(scaleFleet(most, services)).rejects.toMatchObject({ code: 'LimitExceeded' })
    const dear = { ...asked('+2'), wanted: { ...FLEET, limits: { ...NO_LIMITS, perHour: 5 } } }
    await expect(scaleFleet(dear, services)).rejects.toMatchObject({ code: 'LimitExceeded' })
    expect(await types(services)).toHaveLength(2)
  })

  it('plans exactly that, with the price before and after, and changes nothing', async () => {
    const services = await up()
    const plan = await planFleetScale(asked('+2'), services)
    expect(plan).toMatchObject({ goal: 'scale', before: { nodes: 2 }, after: { nodes: 4 }, converged: false })
    expect(plan.actions.map(({ kind }) => kind)).toContain('launch-cohort')
    expect(await types(services)).toHaveLength(2)
    expect(await planFleetScale(asked('2'), services)).toMatchObject({ converged: true })
  })

  it('goes on after a crash anywhere: the same words again get there, and nothing is over', async () => {
    const methods = [
      'ensureSecurityGroup',
      'ensureTemplate',
      'launchCohort',
      'markStages',
      'markDraining',
      'renameCohort',
      'terminate',
    ] as const
    const words = fc.constantFrom(
      asked('5'),
      asked('1'),
      asked('0'),
      asked(undefined, 'c7gn.16xlarge'),
      asked('3', 'c7gn.16xlarge'),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...methods), words, fc.boolean(), async (method, request, isAfter) => {
        const services = await up()
        const wanted = request.asked.to?.nodes ?? 2
        const compute = dying(services, method, isAfter)
        // A killed muster undoes nothing: all its later calls die with it.
        await scaleFleet(request, { ...services, compute }).catch(() => undefined)
        await scaleFleet(request, services)
        const left = await types(services)
        expect(left).toHaveLength(wanted)
        if (request.asked.instanceType !== null) expect(new Set(left)).toEqual(new Set(['c7gn.16xlarge']))
        expect((await services.storage.observe('hpc')).filter(({ state }) => state !== 'deleting')).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })
})

function die(): never {
  throw new Error('killed')
}

/** A cloud that a muster has lost from the first call of `method` on: before that call, or right after it. */
function dying(services: FakeServices, method: string, isAfter: boolean): FakeServices['compute'] {
  let dead = false
  return new Proxy(services.compute, {
    get: (target, name) => {
      const found = Reflect.get(target, name) as unknown
      if (typeof found !== 'function' || typeof name !== 'string') return found
      return async (...args: readonly unknown[]) => {
        if (dead) die()
        if (name !== method) return (found as (...all: readonly unknown[]) => unknown).apply(target, args as unknown[])
        dead = true
        if (isAfter) await (found as (...all: readonly unknown[]) => unknown).apply(target, args as unknown[])
        return die()
      }
    },
  })
}

it.each([
  [['hpc', '-2'], '-2', ['hpc']],
  [['hpc', '2', '-y'], undefined, ['hpc', '2', '-y']],
  [['-2', 'hpc', '--dry-run'], '-2', ['hpc', '--dry-run']],
] as const)('%j', (argv, fewer, others) => {
  expect(splitFewer(argv)).toEqual({ fewer, others })
})

it.each([
  ['many', '1d'],
  ['1', 'soon'],
])('refuses %s nodes with a timeout of %s', (nodes, timeout) => {
  expect(() => asked(nodes, undefined, timeout)).toThrow(/must be/)
})
