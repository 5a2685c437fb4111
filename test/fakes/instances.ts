import { MAX_LIFE_TAG } from '../../src/core/fleet/tags.ts'
import type { InstanceState, NodeStage, ObservedNode } from '../../src/core/fleet/observed.ts'
import type { NodeMark } from '../../src/core/fleet/quarantine.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { LaunchRequest } from '../../src/ports/compute.ts'

export interface InstancePace {
  readonly pendingMs: number
  /** From launch until the agent is online. */
  readonly onlineMs: number
  readonly shuttingDownMs: number
}

interface Instance {
  readonly id: string
  readonly index: number
  readonly request: LaunchRequest
  readonly launchedAt: number
  /** Its agent never registers. */
  readonly mute: boolean
  readonly efaInterfaces: number
  /** That it takes its capacity from. */
  readonly reservation: string | null
  endedAt: number | null
  reason: string | null
  stages: ReadonlySet<NodeStage>
  cohort: string
  draining: boolean
  lead: boolean
  replacedBy: string | null
  mark: NodeMark | null
}

/** The fake cloud's instances; their state follows from the clock. */
export function instanceTable(clock: Clock, pace: InstancePace) {
  const all = new Map<string, Instance>()

  function stateOf(one: Instance): InstanceState {
    if (one.endedAt !== null) return clock.now() < one.endedAt + pace.shuttingDownMs ? 'shutting-down' : 'terminated'
    return clock.now() < one.launchedAt + pace.pendingMs ? 'pending' : 'running'
  }

  function view(one: Instance): ObservedNode {
    const gone = stateOf(one) === 'terminated'
    const ip = `172.31.0.${10 + one.index}`
    return {
      id: one.id,
      cohort: one.cohort,
      draining: one.draining,
      lead: one.lead,
      replacedBy: one.replacedBy,
      mark: one.mark,
      instanceType: one.request.instanceType,
      zone: one.request.zone,
      efaInterfaces: gone ? null : one.efaInterfaces,
      state: stateOf(one),
      stateReason: one.reason,
      endedAt: one.endedAt,
      privateIp: gone ? null : ip,
      hostname: gone ? null : `ip-${ip.replaceAll('.', '-')}.ec2.internal`,
      launchedAt: one.launchedAt,
      maxLifeS: Number(one.request.tags?.[MAX_LIFE_TAG]) || null,
      purchase: one.request.purchase === 'reservation' ? 'on-demand' : one.request.purchase,
      topology: [],
      online: false,
      stages: one.stages,
    }
  }

  return {
    add(request: LaunchRequest, mute: boolean, efaInterfaces: number, reservation: string | null): string {
      const index = all.size
      const id = `i-${(index + 1).toString(16).padStart(17, '0')}`
      all.set(id, {
        id,
        index,
        request,
        launchedAt: clock.now(),
        mute,
        efaInterfaces,
        reservation,
        endedAt: null,
        reason: null,
        stages: new Set(),
        cohort: request.cohort,
        draining: false,
        lead: false,
        replacedBy: null,
        mark: null,
      })
      return id
    },
    end(id: string, reason: string) {
      const found = all.get(id)
      if (found === undefined || found.endedAt !== null) return
      found.endedAt = clock.now()
      found.reason = reason
    },
    mark(id: string, stages: ReadonlySet<NodeStage>) {
      const found = all.get(id)
      if (found !== undefined) found.stages = new Set(stages)
    },
    drain(id: string, until: string | null) {
      const found = all.get(id)
      if (found === undefined) return
      if (until === null) found.draining = true
      found.replacedBy = until
    },
    say(id: string, mark: NodeMark) {
      const found = all.get(id)
      if (found !== undefined) found.mark = mark
    },
    lead(id: string) {
      const found = all.get(id)
      if (found !== undefined) found.lead = true
    },
    rename(id: string, cohort: string) {
      const found = all.get(id)
      if (found !== undefined) found.cohort = cohort
    },
    /** True once the agent has registered; a machine that ends goes offline at once. */
    isOnline(id: string): boolean {
      const found = all.get(id)
      if (found === undefined || found.mute) return false
      return stateOf(found) === 'running' && clock.now() >= found.launchedAt + pace.onlineMs
    },
    ofFleet: (fleet: string) => [...all.values()].filter((one) => one.request.fleet === fleet).map(view),
    alive: (matches: (request: LaunchRequest) => boolean) =>
      [...all.values()].filter((one) => stateOf(one) !== 'terminated' && matches(one.request)).map((one) => one.id),
    running: (matches: (request: LaunchRequest) => boolean = () => true) =>
      [...all.values()].filter((one) => ['pending', 'running'].includes(stateOf(one)) && matches(one.request)),
    /** Two racks, nodes dealt out in turn: the order of launch is not that of the network. */
    topologyOf(id: string): readonly string[] | null {
      const found = all.get(id)
      if (found === undefined || stateOf(found) !== 'running') return null
      return ['nn-1', `nn-1${found.index % 2}`, `nn-1${found.index % 2}0`]
    },
    fleets: () => [...all.values()].filter((one) => stateOf(one) !== 'terminated').map((one) => one.request.fleet),
  }
}
