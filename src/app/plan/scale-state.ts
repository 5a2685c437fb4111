import type { ObservedFleet } from '../../core/fleet/observed.ts'
import { cohortsOf, isWhole, type Cohort } from '../../core/plan/cohort.ts'
import { nodeCount } from '../../core/plan/scale.ts'
import { fleetMoney } from '../cost/fleet-money.ts'
import type { CohortState, ScaleState } from '../results/scale.ts'
import type { Services } from '../services.ts'

export async function scaleState(observed: ObservedFleet, services: Services): Promise<ScaleState> {
  const cohorts = cohortsOf(observed.nodes).filter((one) => one.nodes.length + one.draining.length > 0)
  const { region } = await services.identity.whoAmI()
  const money = await fleetMoney([observed], region, services)
  return {
    nodes: nodeCount(cohorts),
    cohorts: cohorts.map(stateOf),
    usdPerHour: money.get(observed.name)!.usdPerHour,
  }
}

function stateOf(cohort: Cohort): CohortState {
  const any = cohort.nodes[0] ?? cohort.draining[0]
  return {
    name: cohort.name,
    instanceType: any?.instanceType ?? '',
    zone: any?.zone ?? '',
    nodes: cohort.nodes.length,
    draining: cohort.draining.length,
    whole: isWhole(cohort),
  }
}
