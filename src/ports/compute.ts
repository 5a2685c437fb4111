import type { Reservation } from '../core/capacity/reservation.ts'
import type { Purchase } from '../core/capacity/rung.ts'
import type { ImageFacts } from '../core/fleet/image-facts.ts'
import type { InstanceFacts, PlacementStrategy } from '../core/fleet/instance-facts.ts'
import type { InstanceNeed } from '../core/fleet/instance-need.ts'
import type { PlannedInterface } from '../core/fleet/network-layout.ts'
import type { NetworkChoice } from '../core/network/choice.ts'
import type { FleetNetwork } from '../core/network/fleet-network.ts'
import type { NodeStage, ObservedFleet } from '../core/fleet/observed.ts'
import type { NodeMark } from '../core/fleet/quarantine.ts'
import type { Stray } from '../core/fleet/stray.ts'
import type { ResourceTags } from '../core/fleet/tags.ts'

/**
 * Machines and what surrounds them. Every `ensure` returns what already exists under that name for the fleet; every
 * `remove` of what is gone succeeds silently and returns as soon as the cloud accepts it. All throw MusterError.
 */
export interface Compute {
  /** Everything tagged with this fleet; storage, `online` and `topology` are filled in by others. Terminated nodes are included while the cloud shows them. */
  observe(fleet: string): Promise<ComputeView>
  /** Names of all fleets of which anything exists. */
  fleets(): Promise<string[]>
  /** Facts of a type with the zones that offer it; throws InstanceTypeUnknown with the nearest names. */
  facts(instanceType: string): Promise<InstanceFacts>
  /** Types of the region that have at least what is needed and are sold in a zone, the smallest first; may be empty. */
  typesFor(need: InstanceNeed): Promise<readonly InstanceFacts[]>
  /** Reservations and capacity blocks that can be used now or later; empty where the cloud knows none. */
  reservations(): Promise<readonly Reservation[]>
  /** The network nodes above each running node, top first. Left out are nodes (or all, where the cloud cannot tell) of which none are known. */
  topology(nodeIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** Of an AMI id or the name of an SSM parameter. Null where there is no such image. */
  imageFacts(image: string): Promise<ImageFacts | null>
  /** One of another strategy under the fleet's name takes the place of the old one; throws FleetBusy while that is held. */
  ensurePlacementGroup(
    fleet: string,
    action: string,
    strategy: PlacementStrategy,
    tags?: ResourceTags,
  ): Promise<{ name: string }>
  /** In the VPC: open to itself in both directions and outward to HTTPS; nothing comes in from outside. */
  ensureSecurityGroup(fleet: string, action: string, vpc: string, tags?: ResourceTags): Promise<{ id: string }>
  ensureTemplate(request: TemplateRequest): Promise<{ id: string; version: number }>
  /** All or nothing: one type, one zone. Throws CapacityShortage, QuotaExceeded or PartialCohort (after undoing it). The token makes it idempotent. */
  launchCohort(request: LaunchRequest): Promise<readonly string[]>
  /** Records stages that are done as a tag on the nodes. */
  markStages(nodeIds: readonly string[], stages: ReadonlySet<NodeStage>): Promise<void>
  /** Interfaces and volumes of any fleet that are attached to nothing. */
  strays(): Promise<readonly Stray[]>
  /** Throws FleetBusy where something holds it again. */
  removeStray(stray: Pick<Stray, 'kind' | 'id'>): Promise<void>
  /** Regions that this account can use. */
  regions(): Promise<readonly string[]>
  /** Tags nodes that are to end as soon as no job runs on them, and once what `until` names is ready. */
  markDraining(nodeIds: readonly string[], until?: string | null): Promise<void>
  /** Tags the first node of a cohort, so that it stays the first. */
  markLead(nodeId: string): Promise<void>
  /** Tags nodes as bad, or as well again. */
  quarantine(nodeIds: readonly string[], mark: NodeMark): Promise<void>
  /** Gives the nodes that stay of a cohort its new name. */
  renameCohort(nodeIds: readonly string[], cohort: string): Promise<void>
  terminate(nodeIds: readonly string[]): Promise<void>
  removeTemplate(id: string): Promise<void>
  /** Throws FleetBusy while an instance still holds it. */
  removePlacementGroup(name: string): Promise<void>
  /** Throws FleetBusy while an interface still holds it. */
  removeSecurityGroup(id: string): Promise<void>
  /**
   * The network that a fleet with this choice lives in: what is named, else what `muster setup` made, else the default VPC. Reads
   * only. Throws NetworkUnfit where there is none, or what is named is not there.
   */
  network(choice: NetworkChoice | null): Promise<FleetNetwork>
}

export type ComputeView = Omit<ObservedFleet, 'storage'>

export interface TemplateRequest {
  readonly fleet: string
  readonly action: string
  readonly instanceType: string
  readonly purchase: Purchase
  /** Id of the reservation or block that nodes must come from; null takes any open one that fits. */
  readonly reservation: string | null
  /** An AMI id, or the name of an SSM parameter. */
  readonly image: string
  /** The image's root device, which is made an encrypted volume; null leaves it as the image has it. */
  readonly rootDevice: string | null
  readonly instanceProfile: string | null
  /** Of every interface. */
  readonly securityGroupIds: readonly string[]
  /** Every interface of a node, the primary one first. */
  readonly interfaces: readonly PlannedInterface[]
  /** The user data as EC2 gets it, at most 16 KB: a script, or one that is compressed. */
  readonly userData: string | Uint8Array
  /** Changes whenever the template's content would. */
  readonly fingerprint: string
  /** Besides fleet and action; also on the volumes and interfaces that nodes are launched with. */
  readonly tags?: ResourceTags
}

export interface LaunchRequest {
  readonly fleet: string
  readonly cohort: string
  readonly action: string
  /** Idempotency token, at most 64 ASCII characters. */
  readonly token: string
  readonly templateId: string
  readonly templateVersion: number
  readonly instanceType: string
  readonly zone: string
  readonly subnetId: string
  readonly count: number
  readonly placementGroup: string | null
  readonly purchase: Purchase
  /** As in the template. */
  readonly reservation: string | null
  /** Besides fleet, cohort and action. */
  readonly tags?: ResourceTags
}
