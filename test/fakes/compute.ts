import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { Reservation } from '../../src/core/capacity/reservation.ts'
import type { InstanceFacts, PlacementStrategy } from '../../src/core/fleet/instance-facts.ts'
import type { InstanceNeed } from '../../src/core/fleet/instance-need.ts'
import type { NetworkChoice } from '../../src/core/network/choice.ts'
import { efaCount } from '../../src/core/fleet/network-layout.ts'
import type { NodeMark } from '../../src/core/fleet/quarantine.ts'
import type { Stray } from '../../src/core/fleet/stray.ts'
import type { NodeStage } from '../../src/core/fleet/observed.ts'
import { nearest } from '../../src/kit/nearest.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Compute, LaunchRequest, TemplateRequest } from '../../src/ports/compute.ts'
import { fakeImage } from './images.ts'
import { fakeTypes } from './instance-types.ts'
import { instanceTable, type InstancePace } from './instances.ts'
import { reservationTable } from './reservations.ts'
import { fakeNetwork } from './network.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** EC2 in memory: it keeps the port's promises, and a test can take capacity away, kill nodes or silence agents. */
export interface FakeCompute extends Compute, Scriptable<Compute> {
  /** Launches of the type in the zone (`*` is any) are refused for lack of capacity, `times` times (for ever by default). */
  shortage(instanceType?: string, zone?: string, times?: number): void
  /** Capacity comes back. */
  plenty(): void
  /** The next launch yields only so many nodes: PartialCohort, undone. */
  partial(launched: number): void
  /** The agents of the next `count` nodes never register. */
  muteAgents(count: number): void
  /** Something that is attached to nothing. */
  stray(stray: Stray): void
  /** A node dies by itself. */
  kill(nodeId: string, reason?: string): void
  /** The account has this reservation from now on. */
  reserve(one: Partial<Reservation> & Pick<Reservation, 'instanceType' | 'zone' | 'total'>): Reservation
  isOnline(nodeId: string): boolean
  /** What starts or runs, of all fleets. */
  running(): readonly { readonly instanceType: string; readonly purchase: string; readonly vcpus: number }[]
  /** Ids of the nodes that are not terminated. */
  alive(fleet: string): readonly string[]
}

export interface FakeComputeOptions {
  readonly clock: Clock
  readonly pace?: InstancePace
  readonly types?: readonly InstanceFacts[]
  /** True while something else (a file system) holds the security group. */
  readonly holds?: (securityGroupId: string) => boolean
}

interface Shortage {
  readonly instanceType: string
  readonly zone: string
  left: number
}

export function fakeCompute(options: FakeComputeOptions): FakeCompute {
  const { clock, pace = { pendingMs: 1000, onlineMs: 3000, shuttingDownMs: 1000 }, types = fakeTypes } = options
  const instances = instanceTable(clock, pace)
  const groups = new Map<string, { id: string }>()
  const placements = new Map<string, PlacementStrategy>()
  const reserved = reservationTable((id) => instances.running().filter((one) => one.reservation === id).length)
  const templates = new Map<string, { id: string; version: number; fingerprint: string; createdAt: number }>()
  const efa = new Map<string, number>()
  const launched = new Map<string, { request: LaunchRequest; ids: readonly string[] }>()
  let shortages: Shortage[] = []
  let partial: number | null = null
  let mute = 0
  const strays = new Map<string, Stray>()
  let made = 0
  const newId = (prefix: string) => `${prefix}-${(made += 1).toString(16).padStart(17, '0')}`
  const end = (ids: readonly string[], reason: string) => ids.forEach((id) => instances.end(id, reason))

  function refuseShortage(request: LaunchRequest) {
    const hit = shortages.find(
      (s) => s.left > 0 && fits(s.instanceType, request.instanceType) && fits(s.zone, request.zone),
    )
    if (hit === undefined) return
    hit.left -= 1
    throw new MusterError('CapacityShortage', `no capacity for ${request.instanceType} in ${request.zone}`, {
      data: { zone: request.zone, instanceType: request.instanceType, awsCode: 'InsufficientInstanceCapacity' },
    })
  }

  function launch(request: LaunchRequest): readonly string[] {
    if (![...templates.values()].some((one) => one.id === request.templateId)) {
      throw new MusterError('CloudRefused', `no launch template ${request.templateId}`)
    }
    refuseShortage(request)
    const reservation = reserved.take(request)
    const count = Math.min(partial ?? request.count, request.count)
    partial = null
    const ids = Array.from({ length: count }, () =>
      instances.add(request, mute > 0 && mute-- > 0, efa.get(request.templateId) ?? 0, reservation),
    )
    if (count === request.count) return ids
    end(ids, 'Client.UserInitiatedShutdown')
    throw new MusterError('PartialCohort', `asked for ${request.count} nodes, got ${count}; they were terminated`)
  }

  const compute = {
    observe: async (fleet: string) => ({
      name: fleet,
      securityGroup: groups.get(fleet) ?? null,
      placementGroup: placements.has(fleet) ? { name: `muster-${fleet}`, state: 'available' as const } : null,
      template: templates.get(fleet) ?? null,
      nodes: instances.ofFleet(fleet),
    }),
    fleets: async () =>
      [...new Set([...groups.keys(), ...placements.keys(), ...templates.keys(), ...instances.fleets()])].toSorted(),
    async facts(instanceType: string) {
      const found = types.find((one) => one.instanceType === instanceType)
      if (found !== undefined) return found
      const near = nearest(instanceType, types.map((one) => one.instanceType)) // prettier-ignore
      throw new MusterError('InstanceTypeUnknown', `no instance type ${instanceType}`, { data: { nearest: near } })
    },
    typesFor: async ({ cores, memoryMiB, architecture, gpus }: InstanceNeed) =>
      types
        .filter((one) => one.cores >= cores && one.memoryMiB >= memoryMiB && one.gpus >= gpus)
        .filter((one) => architecture === null || one.architecture === architecture)
        .toSorted((a, b) => a.gpus - b.gpus || a.cores - b.cores || a.memoryMiB - b.memoryMiB),
    reservations: async () => reserved.all(),
    topology: async (nodeIds: readonly string[]) =>
      new Map(nodeIds.map((id) => [id, instances.topologyOf(id) ?? []] as const).filter(([, path]) => path.length > 0)),
    imageFacts: async (image: string) => fakeImage(image),
    async ensureSecurityGroup(fleet: string) {
      const group = groups.get(fleet) ?? { id: newId('sg') }
      groups.set(fleet, group)
      return group
    },
    async ensurePlacementGroup(fleet: string, _action: string, strategy: PlacementStrategy) {
      const name = `muster-${fleet}`
      const other = placements.has(fleet) && placements.get(fleet) !== strategy
      if (other && instances.alive((request) => request.placementGroup === name).length > 0)
        throw busy(`placement group ${name}`)
      placements.set(fleet, strategy)
      return { name }
    },
    async ensureTemplate({ fleet, fingerprint, interfaces }: TemplateRequest) {
      const old = templates.get(fleet)
      if (old?.fingerprint === fingerprint) return { id: old.id, version: old.version }
      const next = {
        id: old?.id ?? newId('lt'),
        version: (old?.version ?? 0) + 1,
        fingerprint,
        createdAt: old?.createdAt ?? clock.now(),
      }
      templates.set(fleet, next)
      efa.set(next.id, efaCount(interfaces))
      return { id: next.id, version: next.version }
    },
    async launchCohort(request: LaunchRequest) {
      const before = launched.get(request.token)
      if (before !== undefined) {
        if (JSON.stringify(before.request) === JSON.stringify(request)) return before.ids
        throw new MusterError('CloudRefused', `the token ${request.token} was used with other parameters`)
      }
      const ids = launch(request)
      launched.set(request.token, { request, ids })
      return ids
    },
    async markStages(nodeIds: readonly string[], stages: ReadonlySet<NodeStage>) {
      nodeIds.forEach((id) => instances.mark(id, stages))
    },
    markDraining: async (nodeIds: readonly string[], until: string | null = null) =>
      nodeIds.forEach((id) => instances.drain(id, until)),
    strays: async () => [...strays.values()],
    async removeStray({ id }: Pick<Stray, 'id'>) {
      strays.delete(id)
    },
    regions: async () => ['us-east-1'],
    stray: (stray: Stray) => void strays.set(stray.id, stray),
    markLead: async (nodeId: string) => instances.lead(nodeId),
    quarantine: async (nodeIds: readonly string[], mark: NodeMark) => nodeIds.forEach((id) => instances.say(id, mark)),
    renameCohort: async (nodeIds: readonly string[], cohort: string) =>
      nodeIds.forEach((id) => instances.rename(id, cohort)),
    terminate: async (nodeIds: readonly string[]) => end(nodeIds, 'Client.UserInitiatedShutdown'),
    async removeTemplate(id: string) {
      for (const [fleet, one] of templates) if (one.id === id) templates.delete(fleet)
    },
    async removePlacementGroup(name: string) {
      if (instances.alive((request) => request.placementGroup === name).length > 0)
        throw busy(`placement group ${name}`)
      for (const fleet of placements.keys()) if (`muster-${fleet}` === name) placements.delete(fleet)
    },
    async removeSecurityGroup(id: string) {
      for (const [fleet, group] of groups) {
        if (group.id !== id) continue
        const held = instances.alive((request) => request.fleet === fleet).length > 0 || options.holds?.(id)
        if (held) throw busy(`security group ${id}`)
        groups.delete(fleet)
      }
    },
    network: async (choice: NetworkChoice | null) => fakeNetwork(choice),
    shortage: (instanceType = '*', zone = '*', times = Infinity) =>
      void shortages.push({ instanceType, zone, left: times }),
    plenty() {
      shortages = []
    },
    partial(count: number) {
      partial = count
    },
    muteAgents(count: number) {
      mute = count
    },
    kill: (nodeId: string, reason = 'Server.InternalError') => instances.end(nodeId, reason),
    reserve: (one: Parameters<typeof reserved.add>[0]) => reserved.add(one),
    running: () =>
      instances.running().map(({ request: { instanceType, purchase } }) => {
        const vcpus = types.find((one) => one.instanceType === instanceType)?.vcpus ?? 0
        return { instanceType, purchase, vcpus }
      }),
    isOnline: (id: string) => instances.isOnline(id),
    alive: (fleet: string) => instances.alive((request) => request.fleet === fleet),
  }
  return scriptable<Compute>(compute, COMPUTE_METHODS) as FakeCompute
}

const fits = (pattern: string, word: string) => pattern === '*' || pattern === word

const COMPUTE_METHODS = [
  'observe',
  'fleets',
  'facts',
  'typesFor',
  'reservations',
  'topology',
  'imageFacts',
  'ensureSecurityGroup',
  'ensurePlacementGroup',
  'ensureTemplate',
  'launchCohort',
  'markStages',
  'markDraining',
  'markLead',
  'quarantine',
  'strays',
  'removeStray',
  'regions',
  'renameCohort',
  'terminate',
  'removeTemplate',
  'removePlacementGroup',
  'removeSecurityGroup',
  'network',
] as const

function busy(what: string): MusterError {
  return new MusterError('FleetBusy', `${what} is still in use`)
}
