import { isAlive, isUp, type ObservedFleet } from '../../core/fleet/observed.ts'
import { holdsUnexported } from '../../core/fleet/observed-storage.ts'
import { leftoversOf, ONLY_COPY, type Leftovers, type SweepRules, type SweptFleet } from '../../core/plan/plan-sweep.ts'
import { times } from '../../core/cost/cost.ts'
import { knownStoragePrices, pricesAsBought } from '../cost/known-prices.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { observeFleet } from '../fleet/observe.ts'
import { heldBy, runningJobs } from '../job/busy-nodes.ts'
import type { Leftover } from '../results/gc.ts'
import type { Services } from '../services.ts'

/** What is younger may be of a raise that goes on somewhere, in milliseconds; the sandbox is this machine's alone. */
const GRACE_MS = { aws: 10 * 60_000, sandbox: 60_000 } as const

/** Every fleet of the region of which anything is there. */
export async function sweptFleets(services: Services): Promise<SweptFleet[]> {
  const [names, strays] = await Promise.all([fleetNames(services), services.compute.strays()])
  const all = [...new Set([...names, ...strays.map((stray) => stray.fleet)])].toSorted()
  return Promise.all(
    all.map(async (fleet) => ({
      observed: await observeFleet(fleet, services, 'unasked'),
      strays: strays.filter((stray) => stray.fleet === fleet),
    })),
  )
}

export async function sweepRules(
  { observed }: SweptFleet,
  discardData: boolean,
  services: Services,
): Promise<SweepRules> {
  const busy = heldBy(await runningJobs(observed.name, observed.nodes, services))
  return { busy, now: services.clock.now(), graceMs: GRACE_MS[services.cloud.name], discardData }
}

/** The leftovers of one fleet, with what an hour of each costs. */
export async function listLeftovers(
  swept: SweptFleet,
  rules: SweepRules,
  region: string,
  services: Services,
): Promise<Leftover[]> {
  const { observed } = swept
  const left = leftoversOf(swept, rules)
  const nodes = left.whole ? observed.nodes.filter(isAlive) : left.nodes
  const storage = left.whole ? observed.storage : []
  const [priceOf, storagePriceOf] = await Promise.all([
    pricesAsBought(nodes, region, services),
    knownStoragePrices(storage, region, services),
  ])
  const of = (kind: string, id: string, more: Partial<Leftover>): Leftover => ({
    region,
    fleet: observed.name,
    kind,
    id,
    usdPerHour: 0,
    createdAt: null,
    kept: null,
    ...more,
  })
  return [
    ...nodes.map((node) => {
      const usdPerHour = isUp(node) ? (priceOf(node.instanceType, node)?.usdPerHour ?? null) : 0
      return of('instance', node.id, { usdPerHour, createdAt: node.launchedAt })
    }),
    ...storage.map((one) => {
      const usdPerHour = times(storagePriceOf(one)?.usdPerHour ?? null, one.capacityGiB)
      const kept = left.keptStorage.includes(one.id) ? whyKept(one) : null
      return of('file system', one.id, { usdPerHour, createdAt: one.createdAt, kept })
    }),
    // No price of a volume is asked for.
    ...left.strays.map(({ kind, id, createdAt }) =>
      of(kind === 'volume' ? 'volume' : 'network interface', id, {
        usdPerHour: kind === 'volume' ? null : 0,
        createdAt,
      }),
    ),
    ...(left.whole ? groupsOf(observed, left).map(([kind, id, more]) => of(kind, id, more)) : []),
  ]
}

function whyKept(storage: ObservedFleet['storage'][number]): string {
  return holdsUnexported(storage) ? ONLY_COPY : 'it is to be kept'
}

/** The cloud tells the age of templates alone. */
function groupsOf(observed: ObservedFleet, left: Leftovers): (readonly [string, string, Partial<Leftover>])[] {
  const { template, placementGroup, securityGroup } = observed
  const kept = left.keptStorage.length > 0 ? 'the file system uses it' : null
  return [
    ...(template ? [['template', template.id, { createdAt: template.createdAt }] as const] : []),
    ...(placementGroup ? [['placement group', placementGroup.name, {}] as const] : []),
    ...(securityGroup ? [['security group', securityGroup.id, { kept }] as const] : []),
  ]
}
