import pLimit, { type LimitFunction } from 'p-limit'
import { isAlive, type ObservedFleet } from '../../core/fleet/observed.ts'
import { fleetMoney } from '../cost/fleet-money.ts'
import { nodeCosts } from '../cost/node-costs.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { readLeaseNote } from '../fleet/lease-note.ts'
import { observeFleet } from '../fleet/observe.ts'
import { newestRuns } from '../job/records.ts'
import type { FleetStatus, StatusResult } from '../results/status.ts'
import type { Services } from '../services.ts'
import { fleetStatus, NO_NOTE } from './fleet-status.ts'
import { jobStatus, withLoss } from './job-status.ts'
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
    newestRuns(services.objects, JOBS_SHOWN),
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
