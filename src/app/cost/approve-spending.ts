import { mustAsk, overLimit, showSum, type Spending } from '../../core/cost/check-limits.ts'
import { addSums, sumOf, times, type Sum } from '../../core/cost/cost.ts'
import { costNow, type PriceOf, type StoragePriceOf } from '../../core/cost/fleet-cost.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { confirmAboveOf, hasLimits, type Limits } from '../../core/fleet/limits.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { NewStorage } from '../../core/fleet/storage-spec.ts'
import type { Action } from '../../core/plan/action.ts'
import type { Services } from '../services.ts'
import { spentBefore } from './spent-before.ts'
import { knownStoragePrices, pricesAsBought } from './known-prices.ts'

/** Launches are counted at the price that they cost at most. */
const ON_DEMAND = 'on-demand' as const

/** What is about to be bought for a fleet, and who has agreed to it. */
export interface Purchase {
  readonly wanted: FleetSpec
  readonly observed: ObservedFleet
  /** All that would be done. */
  readonly actions: readonly Action[]
  /** The job's time limit in hours; null is a job without one, undefined no job. */
  readonly jobHours?: number | null
}

/**
 * Refuses launches that pass a limit of the fleet: nothing has been made for them then. What launches nothing passes none.
 *
 * @throws MusterError LimitExceeded.
 */
export async function refuseAboveLimits(purchase: Purchase, services: Services): Promise<Sum> {
  const { wanted, observed, actions } = purchase
  const { region } = await services.identity.whoAmI()
  const launches = launchesOf(actions).map(({ instanceType, zone }) => ({ instanceType, zone, purchase: ON_DEMAND }))
  const disks = [...observed.storage, ...madeBy(purchase)]
  const [priceOf, storagePriceOf] = await Promise.all([
    pricesAsBought([...observed.nodes, ...launches], region, services),
    knownStoragePrices(disks, region, services),
  ])
  const usdPerHour = peakOf(purchase, priceOf, storagePriceOf)
  if (!hasLimits(wanted) || launches.length === 0) return usdPerHour
  const { jobHours } = purchase
  const job = { jobUsdPerHour: usdPerHour, ...(jobHours === undefined ? {} : { jobHours }) }
  const { own, project } = await spentBefore(wanted, services)
  refuseOver(wanted.limits, { fleet: wanted.name, usdPerHour, spentUsd: own, ...job })
  if (wanted.project === null || project === null) return usdPerHour
  const all = addSums(usdPerHour, project.others)
  refuseOver(wanted.project.limits, { fleet: null, usdPerHour: all, spentUsd: project.spent, ...job })
  return usdPerHour
}

function refuseOver(limits: Limits, spending: Spending): void {
  const over = overLimit(limits, spending)
  if (over === null) return
  const { usdPerHour, spentUsd } = spending
  throw new MusterError('LimitExceeded', over.message, {
    suggestions: over.suggestions,
    data: { limits, usdPerHour, spentUsd },
  })
}

/**
 * Asks a person where an hour costs more than the fleet's threshold, unless somebody said yes beforehand.
 *
 * @throws MusterError LimitExceeded; Declined where the answer is no, or nobody can be asked.
 */
export async function approveSpending(purchase: Purchase, yes: boolean, services: Services): Promise<void> {
  const { name, limits } = purchase.wanted
  const threshold = confirmAboveOf(limits, services.cloud.name)
  if (launchesOf(purchase.actions).length === 0 || (threshold === null && !hasLimits(purchase.wanted))) return
  const usdPerHour = await refuseAboveLimits(purchase, services)
  if (yes || !mustAsk(limits, threshold, usdPerHour)) return
  const costs = `fleet ${name} would cost ${showSum(usdPerHour)} an hour`
  const asks = `above $${(threshold ?? 0).toFixed(2)} muster asks`
  const suggestions = ['run the command again with --yes', `confirmAbove in fleets.${name}.limits of muster.yaml`]
  const { prompter, interrupts } = services
  if (!prompter.interactive) {
    throw new MusterError('Declined', `${costs}; ${asks}, and nobody can answer here`, { suggestions })
  }
  const choices = [
    { value: 'yes', label: 'go on' },
    { value: 'no', label: 'make nothing' },
  ] as const
  const answer = await prompter.choose(`${costs} (${asks}). Go on?`, choices, 'no', interrupts.signal)
  interrupts.signal.throwIfAborted()
  if (answer === 'no') throw new MusterError('Declined', `${costs}; nothing was made`, { suggestions })
}

type Launch = Extract<Action, { kind: 'launch-cohort' }>

const launchesOf = (actions: readonly Action[]): Launch[] => actions.filter((action) => action.kind === 'launch-cohort')

/** Before anything of it is given up again: a replacement is paid beside what it replaces. */
function peakOf(purchase: Purchase, priceOf: PriceOf, storagePriceOf: StoragePriceOf): Sum {
  const launched = launchesOf(purchase.actions).map((one) =>
    times(priceOf(one.instanceType)?.usdPerHour ?? null, one.count),
  )
  const made = madeBy(purchase).map((disk) => times(storagePriceOf(disk)?.usdPerHour ?? null, disk.capacityGiB))
  const there = costNow(purchase.observed, priceOf, storagePriceOf).parts.map((part) => part.usdPerHour)
  return sumOf([...there, ...launched, ...made])
}

/** The storage that would be made. */
function madeBy({ wanted: { storage }, actions }: Purchase): NewStorage[] {
  const isMade = actions.some((action) => action.kind === 'create-storage')
  return isMade && storage?.kind === 'new' ? [storage] : []
}
