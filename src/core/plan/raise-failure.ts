import { count } from '../../kit/count.ts'
import { describeRung } from '../capacity/rung.ts'
import { isOf } from '../capacity/shortage.ts'
import { homeZones, rungsBeside } from '../capacity/beside.ts'
import { rungsFor } from '../capacity/ladder.ts'
import type { FleetSpec } from '../fleet/spec.ts'
import type { FleetPlan } from './action.ts'
import { cohortsOf, type Cohort } from './cohort.ts'
import { linksFailure } from './plan-storage.ts'
import type { RaiseInput } from './raise-input.ts'

/** What will not come any more: named, with the node or file system that it is about. */
export function raiseFailure(
  input: RaiseInput,
  cohorts: readonly Cohort[],
  missing: FleetSpec | null,
): FleetPlan['failure'] {
  const failed = cohorts.map((cohort) => nodeFailure(input, cohort)).find((failure) => failure !== null)
  return (missing && capacityFailure(missing, input)) ?? storageFailure(input) ?? failed ?? null
}

/** All rungs of a cohort have refused since the ladder was begun: each is named with its reason. */
function capacityFailure(wanted: FleetSpec, { ladder, shortages, observed }: RaiseInput): FleetPlan['failure'] {
  const cohorts = cohortsOf(observed.nodes)
  const rungs = rungsBeside(wanted, ladder, cohorts)
  const elsewhere = rungsFor(wanted, ladder)
  if (rungs.length === 0 && elsewhere.length > 0) {
    return {
      code: 'InstanceTypeUnfit',
      message: `fleet ${wanted.name} is in ${homeZones(cohorts).join(', ')}, and its cluster placement group cannot span zones: there is only ${elsewhere.map(describeRung).join(', ')}`,
      data: { rungs: elsewhere },
    }
  }
  const refused = rungs.map((rung) => ({ rung, last: shortages.findLast((one) => isOf(one, rung)) }))
  if (refused.length === 0 || refused.some(({ last }) => last === undefined)) return null
  const reasons = refused.map(({ rung, last }) => `${describeRung(rung)}: ${last?.message}`)
  return {
    code: 'CapacityShortage',
    message: `no room for ${count(wanted.nodes, 'node')}, ${count(refused.length, 'way')} tried: ${reasons.join('; ')}`,
    data: { rungs: refused.map(({ rung, last }) => ({ ...rung, code: last?.code, message: last?.message })) },
  }
}

function storageFailure({ wanted, observed, deadlines, now, begun }: RaiseInput): FleetPlan['failure'] {
  for (const storage of observed.storage) {
    const unlinked = linksFailure(wanted.storage, storage, begun ?? new Set())
    if (unlinked) return unlinked
    if (storage.state === 'failed') {
      return {
        code: 'StorageFailed',
        message: `file system ${storage.id} failed: ${storage.failure ?? 'AWS gives no reason'}`,
      }
    }
    if (storage.state === 'creating' && now - storage.createdAt > deadlines.storageMs) {
      return {
        code: 'StorageFailed',
        message: `file system ${storage.id} is still being created after ${span(deadlines.storageMs)}`,
      }
    }
  }
  return null
}

function nodeFailure({ deadlines, now }: RaiseInput, cohort: Cohort): FleetPlan['failure'] {
  const late = cohort.nodes.find((node) => node.state === 'pending' && now - node.launchedAt > deadlines.startedMs)
  if (late)
    return { code: 'NodeNeverStarted', message: `${late.id} is still pending after ${span(deadlines.startedMs)}` }
  const silent = cohort.nodes.find(
    (node) =>
      node.state === 'running' && !node.online && node.stages.size === 0 && now - node.launchedAt > deadlines.onlineMs,
  )
  if (silent) {
    return {
      code: 'NodeNeverRegistered',
      message: `${silent.id} runs, but its SSM agent has not registered within ${span(deadlines.onlineMs)}; does its instance profile allow SSM, and does its subnet reach it?`,
    }
  }
  return null
}

function span(ms: number): string {
  return ms >= 300_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 1000)} s`
}
