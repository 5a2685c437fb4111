import { cohortViews } from '../../core/queue/fleet-now.ts'
import type { FleetWorker } from './fleet-worker.ts'

/** A fleet's cohorts as tasks can be placed in them now. */
export function viewsOf(one: FleetWorker, now: number, bootMs: number) {
  const { name: fleet, resting, leaving } = one
  const memory = { fleet, types: one.types(), resting: resting().union(leaving), readyAt: now + bootMs, now }
  return cohortViews(one.observed()?.nodes ?? [], memory)
}

/** The address of a node of any fleet, by instance id; empty where it is not known. */
export function addressIn(workers: ReadonlyMap<string, FleetWorker>) {
  const nodes = [...workers.values()].flatMap((one) => one.observed()?.nodes ?? [])
  const byId = new Map(nodes.map((node) => [node.id, node.privateIp ?? '']))
  return (id: string) => byId.get(id) ?? ''
}
