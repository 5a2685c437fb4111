import type { FleetPlan } from './action.ts'
import type { Cohort } from './cohort.ts'
import { DEADLINES } from './deadlines.ts'
import type { RaiseInput } from './raise-input.ts'

/** What will not come any more: named, with the node or file system that it is about. */
export function raiseFailure(input: RaiseInput, cohort: Cohort | null): FleetPlan['failure'] {
  return capacityFailure(input) ?? storageFailure(input) ?? (cohort ? nodeFailure(input, cohort) : null)
}

function capacityFailure({ facts, shortages, wanted }: RaiseInput): FleetPlan['failure'] {
  const refused = new Set(shortages.map((shortage) => shortage.zone))
  if (facts.zones.length === 0 || !facts.zones.every((zone) => refused.has(zone))) return null
  const reasons = [...new Map(shortages.map((shortage) => [shortage.zone, shortage.message]))]
  return {
    code: 'CapacityShortage',
    message: `no zone has room for ${wanted.nodes} x ${wanted.instanceType}: ${reasons.map(([zone, message]) => `${zone}: ${message}`).join('; ')}`,
  }
}

function storageFailure({ observed, now }: RaiseInput): FleetPlan['failure'] {
  for (const storage of observed.storage) {
    if (storage.state === 'failed') {
      return {
        code: 'StorageFailed',
        message: `file system ${storage.id} failed: ${storage.failure ?? 'AWS gives no reason'}`,
      }
    }
    if (storage.state === 'creating' && now - storage.createdAt > DEADLINES.storageMs) {
      return { code: 'StorageFailed', message: `file system ${storage.id} is still being created after an hour` }
    }
  }
  return null
}

function nodeFailure({ now }: RaiseInput, cohort: Cohort): FleetPlan['failure'] {
  const late = cohort.nodes.find((node) => node.state === 'pending' && now - node.launchedAt > DEADLINES.startedMs)
  if (late)
    return { code: 'NodeNeverStarted', message: `${late.id} is still pending after ${minutes(DEADLINES.startedMs)}` }
  const silent = cohort.nodes.find(
    (node) =>
      node.state === 'running' && !node.online && node.stages.size === 0 && now - node.launchedAt > DEADLINES.onlineMs,
  )
  if (silent) {
    return {
      code: 'NodeNeverRegistered',
      message: `${silent.id} runs, but its SSM agent has not registered within ${minutes(DEADLINES.onlineMs)}; does its instance profile allow SSM, and does its subnet reach it?`,
    }
  }
  return null
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`
}
