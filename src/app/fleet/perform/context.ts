import type { PlacedRung } from '../../../core/capacity/rung.ts'
import type { QuotaCheck } from '../../../core/capacity/quota.ts'
import type { InstanceFacts } from '../../../core/fleet/instance-facts.ts'
import { isUp, type NodeStage, type ObservedFleet } from '../../../core/fleet/observed.ts'
import type { FleetSpec } from '../../../core/fleet/spec.ts'
import type { ResourceTags } from '../../../core/fleet/tags.ts'
import { subnetFor, type FleetNetwork } from '../../../core/network/fleet-network.ts'
import type { Climb } from '../../capacity/climb.ts'
import type { StorageData } from '../../../core/fleet/observed-storage.ts'
import { withOwnData } from './storage-context.ts'
import type { Software } from '../../../launch/user-data.ts'
import type { Services } from '../../services.ts'

/** The public keys that a node reports. */
export interface NodeReport {
  readonly hostKeys: readonly string[]
  /** Its user's public key. */
  readonly userKey: string | null
}

/** What the actions of one raise share: the wish, the latest observation, and what earlier actions made of it. */
export interface RaiseContext {
  readonly wanted: FleetSpec
  /** On everything that is made, besides fleet, cohort and action. */
  readonly tags: ResourceTags
  /** Types that will do, with the zones that the network leaves from the first plan on. */
  types: readonly InstanceFacts[]
  readonly climb: Climb
  readonly network: FleetNetwork
  readonly services: Services
  readonly signal: AbortSignal
  observed: ObservedFleet
  readonly made: Made
  /** What the user data brings where that is more than the fleet itself needs. */
  readonly software: Software | null
}

/** Results that later actions need before the cloud shows them. */
export interface Made {
  securityGroupId?: string
  template?: { readonly id: string; readonly version: number }
  /** The rung that it is for. */
  templateFor?: PlacedRung
  /** Zone of the newest launch. */
  zone?: string
  /** Quotas that launches were held against. */
  readonly quotas: QuotaCheck[]
  /** Launches that the quotas allow: purchase, type and count. */
  readonly allowed: Set<string>
  readonly launched: { readonly cohort: string; readonly at: number }[]
  /** Stages done by us, by node id: describe calls show the tags only later. */
  readonly stages: Map<string, ReadonlySet<NodeStage>>
  /** Marked as draining by us, by node id: what has to be ready first, null nothing. */
  readonly draining: Map<string, string | null>
  /** Nodes whose end the cloud has accepted: describe calls show it only later. */
  readonly ended: Set<string>
  /** Cohorts that were given a new name by us, by node id. */
  readonly cohorts: Map<string, string>
  /** What nodes said of themselves, by node id. */
  readonly reports: Map<string, NodeReport>
  /** See StorageContext. */
  readonly marked: Map<string, StorageData>
  readonly begun: Set<string>
}

export function nothingMade(): Made {
  return {
    launched: [],
    quotas: [],
    allowed: new Set(),
    stages: new Map(),
    draining: new Map(),
    ended: new Set(),
    cohorts: new Map(),
    reports: new Map(),
    marked: new Map(),
    begun: new Set(),
  }
}

/** The groups that the user named; else the fleet's own, which exists or has just been made. */
export function securityGroupsOf({ network, made, observed }: RaiseContext): string[] {
  if (network.groups !== null) return network.groups.map((group) => group.id)
  const id = made.securityGroupId ?? observed.securityGroup?.id
  if (id === undefined) throw new TypeError('an action needs the security group before it is made')
  return [id]
}

/** The subnet of a zone; the plan asks for zones of the network only. */
export function subnetIn({ network }: RaiseContext, zone: string): string {
  const subnet = subnetFor(network, zone)
  if (subnet === null) throw new TypeError(`${network.vpc} has no subnet in ${zone}`)
  return subnet.id
}

/** An observation with the marks that we have set and the cloud does not show yet. */
export function withOwnMarks(observed: ObservedFleet, made: Made): ObservedFleet {
  const nodes = observed.nodes.map((node) => {
    const { cohort } = node
    return {
      ...node,
      cohort: made.cohorts.get(node.id) ?? cohort,
      state: made.ended.has(node.id) && isUp(node) ? ('shutting-down' as const) : node.state,
      draining: node.draining || made.draining.get(node.id) === null,
      replacedBy: made.draining.get(node.id) ?? node.replacedBy,
      stages: node.stages.union(made.stages.get(node.id) ?? new Set<NodeStage>()),
    }
  })
  return withOwnData({ ...observed, nodes }, made.marked)
}
