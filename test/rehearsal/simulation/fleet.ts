import type { ScalableNode } from '../../../src/core/scaling/input.ts'
import type { CohortView } from '../../../src/core/scheduling/input.ts'

interface Node {
  readonly id: string
  readonly launchedAt: number
  /** Tasks that it has now. */
  tasks: number
  idleSince: number
}

interface Cohort {
  readonly name: string
  readonly readyAt: number
  nodes: Node[]
}

/** A fleet that costs from launch to end and can be used once its cohorts have booted; whatever breaks a rule throws. */
export interface SimulatedFleet {
  size(): number
  launch(sizes: readonly number[], now: number, bootMs: number): void
  end(ids: readonly string[], now: number): void
  begin(ids: readonly string[]): void
  finish(ids: readonly string[], now: number): void
  views(now: number): CohortView[]
  scalable(now: number): ScalableNode[]
  /** Of the nodes that are up or were, until now, in milliseconds. */
  paidMs(now: number): number
  /** When the next cohort is ready, or the next idle node has been idle for so long; Infinity where never. */
  nextChange(now: number, idleMs: number): number
}

export function simulatedFleet(max: number, coresPerNode: number): SimulatedFleet {
  let cohorts: Cohort[] = []
  const nodes = new Map<string, Node>()
  let launched = 0
  let endedMs = 0
  const known = (id: string): Node => {
    const node = nodes.get(id)
    if (!node) throw new Error(`${id} is not there`)
    return node
  }
  return {
    size: () => nodes.size,
    launch: (sizes, now, bootMs) => {
      for (const size of sizes) {
        const readyAt = now + bootMs
        const name = `c${String(launched).padStart(5, '0')}`
        const made = Array.from({ length: size }, (_, rank): Node => ({
          id: `${name}-${rank}`,
          launchedAt: now,
          tasks: 0,
          idleSince: readyAt,
        }))
        for (const node of made) nodes.set(node.id, node)
        cohorts.push({ name, readyAt, nodes: made })
        launched += 1
      }
      if (nodes.size > max) throw new Error(`${nodes.size} nodes of at most ${max}`)
    },
    end: (ids, now) => {
      for (const id of ids) {
        const node = known(id)
        if (node.tasks > 0) throw new Error(`${id} was ended while it was busy`)
        endedMs += now - node.launchedAt
        nodes.delete(id)
      }
      for (const cohort of cohorts) cohort.nodes = cohort.nodes.filter((node) => nodes.has(node.id))
      cohorts = cohorts.filter((cohort) => cohort.nodes.length > 0)
    },
    begin: (ids) => {
      for (const id of ids) known(id).tasks += 1
    },
    finish: (ids, now) => {
      for (const id of ids) {
        const node = known(id)
        node.tasks -= 1
        node.idleSince = now
      }
    },
    views: () =>
      cohorts.map(({ name, readyAt, nodes: members }) => ({
        fleet: 'hpc',
        name,
        nodes: members.map(({ id }) => ({ id, cores: coresPerNode })),
        readyAt,
      })),
    scalable: (now) =>
      cohorts.flatMap(({ name, readyAt, nodes: members }) =>
        members.map((node) => ({
          id: node.id,
          cohort: name,
          isBusy: node.tasks > 0,
          isBooting: readyAt > now,
          idleSince: node.tasks > 0 || readyAt > now ? null : node.idleSince,
        })),
      ),
    paidMs: (now) => [...nodes.values()].reduce((sum, node) => sum + now - node.launchedAt, endedMs),
    nextChange: (now, idleMs) => {
      let next = Infinity
      for (const { readyAt, nodes: members } of cohorts) {
        if (readyAt > now) next = Math.min(next, readyAt)
        else
          for (const { tasks, idleSince } of members)
            if (tasks === 0 && idleSince + idleMs > now) next = Math.min(next, idleSince + idleMs)
      }
      return next
    },
  }
}
