import type { FleetPlan } from './action.ts'
import type { Cohort } from './cohort.ts'
import type { RaiseInput } from './raise-input.ts'

/** What will not come any more: named, with the node or file system that it is about. */
export function raiseFailure(input: RaiseInput, cohorts: readonly Cohort[]): FleetPlan['failure'] {
  const failed = cohorts.map((cohort) => nodeFailure(input, cohort)).find((failure) => failure !== null)
  return capacityFailure(input) ?? storageFailure(input) ?? failed ?? null
}

function capacityFailure({ facts, shortages, wanted }: RaiseInput): FleetPlan['failure'] {
  const refused = new Set(shortages.map((shortage) => shortage.zone))
  if (facts.zones.length === 0 || !facts.zones.every((zone) => refused.has(zone))) return null
  const reasons = [...new Map(shortages.map((shortage) => [shortage.zone, shortage.message]))]
  return {
    code: 'CapacityShortage',
    message: `no zone has room for ${wanted.nodes} x ${facts.instanceType}: ${reasons.map(([zone, message]) => `${zone}: ${message}`).join('; ')}`,
  }
}

function storageFailure({ observed, deadlines, now }: RaiseInput): FleetPlan['failure'] {
  for (const storage of observed.storage) {
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
