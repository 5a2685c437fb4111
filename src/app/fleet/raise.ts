import { hintInstead } from '../../core/errors/hint-instead.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { emptyFleet, type ObservedFleet } from '../../core/fleet/observed.ts'
import { efaOfFleet } from '../../core/fleet/efa.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { describeAction } from '../../core/plan/describe-action.ts'
import { resourceTags } from '../../core/fleet/tags.ts'
import { planRaise } from '../../core/plan/plan-raise.ts'
import type { RaiseResult } from '../results.ts'
import type { Services } from '../services.ts'
import { allowLaunches } from './allow-launches.ts'
import { factsInNetwork } from './fleet-network.ts'
import { fitFacts } from './fit-facts.ts'
import { fleetHosts, wholeCohort } from './hosts.ts'
import { observeFleet } from './observe.ts'
import { nothingMade, withOwnStages, type RaiseContext } from './perform/context.ts'
import { performRaise } from './perform/perform-raise.ts'
import { stageClock } from './phase-times.ts'
import { reconcile } from './reconcile.ts'
import { refuseMismatch } from './refuse-mismatch.ts'
import { takeDown } from './take-down.ts'
import { withFleetLock } from './with-lock.ts'

/**
 * Raises a fleet, or finds it up. What fails half way or is interrupted is taken down again, unless nodes were there before
 * us. `onProgress` sees the fleet after every round and every
 * action, for work that can begin before all is ready.
 *
 * @throws MusterError; the interrupt's reason when the user stopped it.
 */
export async function raiseFleet(
  wanted: FleetSpec,
  services: Services,
  onProgress?: (observed: ObservedFleet) => void,
): Promise<RaiseResult> {
  return withFleetLock(wanted.name, `raising ${wanted.name}`, services, () => raise(wanted, services, onProgress))
}

async function raise(
  wanted: FleetSpec,
  services: Services,
  onProgress?: (observed: ObservedFleet) => void,
): Promise<RaiseResult> {
  const { clock, compute, events, interrupts } = services
  const began = clock.now()
  const { arn } = await services.identity.whoAmI()
  const [facts, network] = await Promise.all([fitFacts(wanted, compute), compute.network(wanted.network)])
  const made = nothingMade()
  const times = stageClock(clock)
  let first: ObservedFleet | null = null
  const context: RaiseContext = {
    wanted,
    facts,
    network,
    services,
    made,
    tags: resourceTags({ arn, lease: null, user: wanted.tags }),
    signal: interrupts.signal,
    observed: emptyFleet(wanted.name),
  }
  const decide = (seen: ObservedFleet) => {
    if (!first) {
      refuseMismatch(wanted, seen, efaOfFleet(wanted, facts))
      context.facts = factsInNetwork(wanted, facts, network, seen)
    }
    first ??= seen
    context.observed = withOwnStages(seen, made)
    const { shortages, launched } = made
    const { deadlines } = services.cloud
    const known = { wanted, observed: context.observed, facts: context.facts }
    return planRaise({ ...known, shortages, launched, deadlines, now: clock.now() })
  }
  try {
    interrupts.setCleanUp(`muster down ${wanted.name}`)
    await reconcile(
      {
        fleet: wanted.name,
        observe: () => observeFleet(wanted.name, services),
        describe: describeAction,
        decide,
        allow: async ({ actions }) => {
          // Once is enough: what another fleet takes meanwhile the cloud itself refuses.
          made.quotas ??= await allowLaunches(actions, context.facts, services)
        },
        perform: async (action) => {
          await performRaise(action, context)
          // What follows in the same plan takes its time: whoever only waits for this stage can begin now.
          onProgress?.(withOwnStages(context.observed, made))
        },
        onObserved: (_, plan) => {
          times.see(context.observed, plan)
          const stages = times.counts(context.observed, wanted)
          if (Object.keys(stages.counts).length > 0) events.emit('fleet.stages', stages)
          onProgress?.(context.observed)
        },
        canGoOn: (error) => isMusterError(error, 'CapacityShortage', 'PartialCohort'),
      },
      services,
      interrupts.signal,
    )
  } catch (error) {
    const undone = startedFromNothing(first) && (await undo(wanted.name, services, error))
    throw hintInstead(error, undone ? 'run the same command again' : `muster down ${wanted.name}`)
  }
  const cohort = wholeCohort(context.observed, wanted)
  const hosts = fleetHosts(cohort, facts)
  const warm = made.launched.length === 0 && made.stages.size === 0
  events.emit('fleet.ready', {
    fleet: wanted.name,
    nodes: hosts.length,
    instanceType: facts.instanceType,
    efaInterfaces: efaOfFleet(wanted, facts),
    ms: clock.now() - began,
    warm,
  })
  const zones = new Map(cohort.nodes.map((node) => [node.id, node.zone]))
  return {
    fleet: wanted.name,
    instanceType: facts.instanceType,
    nodes: hosts.map(({ name, id, ip }) => ({ name, id, ip, zone: zones.get(id) ?? '' })),
    warm,
    phases: warm ? [] : times.phases(),
  }
}

function startedFromNothing(first: ObservedFleet | null): boolean {
  return first !== null && first.nodes.every((node) => node.state === 'terminated') && first.storage.length === 0
}

/** Takes down what a failed raise has made; a failure to do so must not hide the first error, so it becomes a warning. */
async function undo(fleet: string, services: Services, reason: unknown): Promise<boolean> {
  services.events.emit('warning', {
    message: `${fleet}: ${reason instanceof Error ? reason.message : 'it failed'}; undoing what was made`,
    hint: null,
  })
  try {
    await takeDown(fleet, services)
    return true
  } catch (error) {
    services.events.emit('warning', {
      message: `${fleet}: undoing failed: ${error instanceof Error ? error.message : String(error)}`,
      hint: `muster down ${fleet}`,
    })
    return false
  }
}
