import pLimit from 'p-limit'
import { sumOf } from '../../core/cost/cost.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Action } from '../../core/plan/action.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import { planSweep, type SweptFleet } from '../../core/plan/plan-sweep.ts'
import { observeFleet } from '../fleet/observe.ts'
import { reconcile } from '../fleet/reconcile.ts'
import { teardown } from '../fleet/teardown.ts'
import { withFleetLock } from '../fleet/with-lock.ts'
import type { GcResult, Leftover } from '../results/gc.ts'
import type { Services } from '../services.ts'
import { leftImages } from './left-images.ts'
import { listLeftovers, sweepRules, sweptFleets } from './find-leftovers.ts'

export interface GcRequest {
  readonly allRegions: boolean
  readonly remove: boolean
  /** Also file systems whose data may be nowhere else. */
  readonly discardData: boolean
}

/** Regions that are looked at side by side. */
const REGIONS_AT_ONCE = 4

type Skipped = GcResult['skipped'][number]
type Swept = Pick<GcResult, 'leftovers' | 'skipped'>

/**
 * What no fleet claims, by tag: of fleets without a whole cohort everything, of others what hangs about. Spared is what is young,
 * what a living muster of this machine uses, and what `muster setup` made (it belongs to no fleet). Images that a bake left half made go too. Removed where it is asked for, each fleet under its lock.
 */
export async function collectGarbage(request: GcRequest, services: Services): Promise<GcResult> {
  const { region } = await services.identity.whoAmI()
  const regions = request.allRegions ? await services.compute.regions() : [region]
  const limit = pLimit(REGIONS_AT_ONCE)
  const found = await Promise.all(
    regions.map((where) =>
      limit(() => inRegion(where, request, where === region ? services : services.inRegion(where), regions.length > 1)),
    ),
  )
  const leftovers = found.flatMap((each) => each.leftovers)
  return {
    cloud: services.cloud.name,
    leftovers,
    usdPerHour: sumOf(leftovers.map((one) => one.usdPerHour)),
    removed: request.remove,
    skipped: found.flatMap((each) => each.skipped),
  }
}

/** A region that refuses does not keep the others from being swept; a single one is told as an error. */
async function inRegion(region: string, request: GcRequest, services: Services, isOneOfMany: boolean): Promise<Swept> {
  try {
    const [fleets, images] = await Promise.all([sweptFleets(services), leftImages(region, services)])
    if (request.remove) for (const { id } of images) await services.images.remove(id)
    const each: Swept[] = [{ leftovers: images, skipped: [] }]
    // One after the other: a region's rate of requests is one for all fleets.
    for (const fleet of fleets) each.push(await sweepFleet(fleet, region, request, services))
    return { leftovers: each.flatMap((one) => one.leftovers), skipped: each.flatMap((one) => one.skipped) }
  } catch (error) {
    if (!isOneOfMany || !isMusterError(error) || isMusterError(error, 'Interrupted')) throw error
    return { leftovers: [], skipped: [skipped(region, error)] }
  }
}

async function sweepFleet(fleet: SweptFleet, region: string, request: GcRequest, services: Services): Promise<Swept> {
  const { name } = fleet.observed
  try {
    return await withFleetLock(name, `sweeping ${name}`, services, async () => {
      const rules = await sweepRules(fleet, request.discardData, services)
      const leftovers: Leftover[] = await listLeftovers(fleet, rules, region, services)
      const goes = leftovers.some((one) => one.kept === null)
      if (request.remove && goes) await remove(name, request, services)
      return { leftovers, skipped: [] }
    })
  } catch (error) {
    if (!isMusterError(error, 'FleetBusy')) throw error
    return { leftovers: [], skipped: [skipped(`${name} in ${region}`, error)] }
  }
}

const skipped = (what: string, error: Error): Skipped => ({ what, reason: error.message })

async function remove(name: string, { discardData }: GcRequest, services: Services): Promise<void> {
  const { signal } = services.interrupts
  const work = teardown(name, { discard: discardData }, services, signal)
  const look = async (): Promise<SweptFleet> => {
    const [observed, strays] = await Promise.all([observeFleet(name, services, 'unasked'), services.compute.strays()])
    return { observed, strays: strays.filter((stray) => stray.fleet === name) }
  }
  const rules = await sweepRules(await look(), discardData, services)
  await reconcile<SweptFleet, Action>(
    {
      fleet: name,
      observe: look,
      decide: ({ observed, strays }) => planSweep({ observed: work.see(observed), strays }, rules, work.memory()),
      describe: describeAction,
      perform: work.perform,
      canGoOn: work.canGoOn,
    },
    services,
    signal,
  )
}
