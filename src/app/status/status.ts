import pLimit, { type LimitFunction } from 'p-limit'
import { layout } from '../../core/job/layout.ts'
import { parseRunnerState } from '../../core/job/parse-state.ts'
import type { Host, RunnerState } from '../../core/job/record.ts'
import { cohortsOf, isWhole, type Cohort } from '../../core/plan/cohort.ts'
import { isReady } from '../../core/plan/plan-raise.ts'
import { isAlive, type ObservedFleet, type ObservedNode } from '../../core/fleet/observed.ts'
import { isQuarantined } from '../../core/fleet/quarantine.ts'
import { holdsUnexported } from '../../core/fleet/observed-storage.ts'
import { fleetMoney } from '../cost/fleet-money.ts'
import { nodeCosts } from '../cost/node-costs.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { readLeaseNote } from '../fleet/lease-note.ts'
import { observeFleet } from '../fleet/observe.ts'
import { stageOf } from '../fleet/phase-times.ts'
import { newestJobs, readRecord, runnersOf } from '../job/records.ts'
import type { FleetMoney, FleetStatus, JobStatus, StatusResult } from '../results/status.ts'
import type { Services } from '../services.ts'
import { quarantinedNodes } from './quarantined.ts'

/** How many of the newest jobs are shown. */
const JOBS_SHOWN = 10
const AT_ONCE = 8

/** What exists and what runs: fleets by tag, jobs by their records in the bucket. */
export async function readStatus(services: Services): Promise<StatusResult> {
  const limit = pLimit(AT_ONCE)
  const [{ account, region }, names, jobIds] = await Promise.all([
    services.identity.whoAmI(),
    fleetNames(services),
    newestJobs(services.objects, JOBS_SHOWN),
  ])
  const [fleets, jobs] = await Promise.all([
    readFleets(names, region, limit, services),
    Promise.all(jobIds.map((id) => limit(() => jobStatus(id, services)))),
  ])
  const alive = new Set(fleets.flatMap((fleet) => fleet.nodes.map((node) => node.id)))
  const shown = jobs.filter((job) => job !== null).map(({ status, hosts }) => withLoss(status, hosts, alive))
  return { cloud: services.cloud.name, region, account, fleets, jobs: shown }
}

async function readFleets(
  names: readonly string[],
  region: string,
  limit: LimitFunction,
  services: Services,
): Promise<FleetStatus[]> {
  const observed = await Promise.all(names.map((name) => limit(() => observe(name, services))))
  const [money, bad] = await Promise.all([
    fleetMoney(observed, region, services),
    quarantinedNodes(observed, region, services),
  ])
  const ends = await Promise.all(
    observed.map(async ({ name, nodes }) => {
      const up = nodes.filter(isAlive).map((node) => node.id)
      return up.length === 0 ? NO_NOTE : limit(() => readLeaseNote(name, up, services.objects))
    }),
  )
  const usdOf = await nodeCosts(
    observed.flatMap((fleet) => fleet.nodes.map((node) => node.id)),
    services,
  )
  return observed.map((fleet, at) => ({
    ...fleetStatus(fleet, money.get(fleet.name)!, ends[at] ?? NO_NOTE, usdOf),
    quarantined: bad.get(fleet.name) ?? [],
  }))
}

/** A fleet whose agents cannot be asked is shown all the same: it exists, and may cost. */
async function observe(fleet: string, services: Services): Promise<ObservedFleet> {
  try {
    return await observeFleet(fleet, services)
  } catch (error) {
    const seen = await observeFleet(fleet, services, 'unasked')
    const message = `${fleet}: which nodes are online is unknown: ${error instanceof Error ? error.message : String(error)}`
    services.events.emit('warning', { message, hint: null })
    return seen
  }
}

function fleetStatus(
  observed: ObservedFleet,
  money: FleetMoney,
  ends: typeof NO_NOTE,
  usdOf: (id: string) => number | null,
): Omit<FleetStatus, 'quarantined'> {
  const alive = observed.nodes.filter(isAlive)
  const nodes = cohortsOf(alive).flatMap((cohort) => nodesOf(cohort))
  return {
    name: observed.name,
    state: stateOf(observed),
    instanceType: alive[0]?.instanceType ?? null,
    since: alive.length === 0 ? null : Math.min(...alive.map((node) => node.launchedAt)),
    nodes: nodes.map((node) => ({ ...node, usd: usdOf(node.id) })),
    storage: observed.storage.map(({ id, state, capacityGiB, contract }) => ({
      id,
      state,
      capacityGiB,
      onTeardown: contract.onTeardown,
      exportTo: contract.exportTo,
      unexported: holdsUnexported({ contract }),
    })),
    money,
    endsAt: ends.endsAt,
    most: mostOf(alive, ends.spentAt),
  }
}

const NO_NOTE: { readonly endsAt: number | null; readonly spentAt: number | null } = { endsAt: null, spentAt: null }

function mostOf(nodes: readonly ObservedNode[], spentAt: number | null): FleetStatus['most'] {
  const lives = nodes.flatMap((node) => (node.maxLifeS === null ? [] : [node.launchedAt + node.maxLifeS * 1000]))
  const oldest = lives.length === 0 ? null : Math.min(...lives)
  if (spentAt !== null && (oldest === null || spentAt < oldest)) return { at: spentAt, why: 'spending limit' }
  return oldest === null ? null : { at: oldest, why: 'maximum life' }
}

type NodeStatus = Omit<FleetStatus['nodes'][number], 'usd'>

function nodesOf(cohort: Cohort): NodeStatus[] {
  const { nodes, draining, lost } = cohort
  return [
    ...nodes.map((node, rank) => nodeStatus(node, cohort, rank)),
    ...[...draining, ...lost].map((node) => nodeStatus(node, cohort, null)),
  ]
}

/** Jobs know their nodes by rank: `node-0` is the first of every cohort. */
function nodeStatus(node: ObservedNode, cohort: Cohort, rank: number | null): NodeStatus {
  const { id, privateIp: ip, zone, topology, purchase, launchedAt: since } = node
  const name = rank === null ? '-' : `node-${rank}`
  const leaving = isQuarantined(node) ? 'quarantined' : node.draining ? 'draining' : null
  const state = (node.state === 'running' ? leaving : null) ?? stageOf(node)
  return { name, id, ip, cohort: cohort.name, rank, zone, topology, purchase, state, since }
}

function stateOf(observed: ObservedFleet): FleetStatus['state'] {
  const alive = observed.nodes.filter(isAlive)
  const isKept = observed.storage.some((one) => one.contract.onTeardown === 'keep' || holdsUnexported(one))
  if (alive.length === 0) return isKept ? 'kept' : 'leftovers'
  if (alive.every((node) => node.state === 'shutting-down')) return 'ending'
  const whole = cohortsOf(observed.nodes).find(isWhole)
  if (!whole || observed.storage.some((storage) => storage.state === 'failed')) return 'broken'
  return whole.nodes.every(isReady) ? 'ready' : 'raising'
}

async function jobStatus(
  id: string,
  services: Services,
): Promise<{ status: JobStatus; hosts: readonly Host[] } | null> {
  const record = await readRecord(services.objects, id)
  if (!record) return null
  const states = await Promise.all(
    runnersOf(record).map(async ({ name }) => {
      const bytes = await services.objects.getBytes(layout.state(id, name))
      return bytes ? parseRunnerState(new TextDecoder().decode(bytes)) : null
    }),
  )
  const known = states.filter((state): state is RunnerState => state !== null)
  const open = known.find((state) => state.phase !== 'done')
  const failed = known.find((state) => (state.exitCode ?? 0) !== 0)
  const ended = known.length > 0 && !open
  const status = {
    id,
    name: record.spec.name,
    fleet: record.fleet,
    phase: known.length === 0 ? ('unknown' as const) : (open?.phase ?? 'done'),
    exitCode: ended ? (failed?.exitCode ?? 0) : null,
    submittedAt: record.submittedAt,
  }
  return { status, hosts: record.hosts }
}

/** Nobody is left to say how a job ended whose nodes are all gone. */
function withLoss(status: JobStatus, hosts: readonly Host[], alive: ReadonlySet<string>): JobStatus {
  const gone = status.phase !== 'done' && !hosts.some((host) => alive.has(host.id))
  return gone ? { ...status, phase: 'lost' } : status
}
