import type { InstanceFacts } from '../core/fleet/instance-facts.ts'
import type { PlannedInterface } from '../core/fleet/network-layout.ts'
import type { NodeStage, ObservedFleet } from '../core/fleet/observed.ts'
import type { ResourceTags } from '../core/fleet/tags.ts'

/**
 * Machines and what surrounds them. Every `ensure` returns what already exists under that name for the fleet; every
 * `remove` of what is gone succeeds silently and returns as soon as the cloud accepts it. All throw MusterError.
 */
export interface Compute {
  /** Everything tagged with this fleet; storage and `online` are filled in by others. Terminated nodes are included while the cloud shows them. */
  observe(fleet: string): Promise<ComputeView>
  /** Names of all fleets of which anything exists. */
  fleets(): Promise<string[]>
  /** Facts of a type with the zones that offer it; throws InstanceTypeUnknown with the nearest names. */
  facts(instanceType: string): Promise<InstanceFacts>
  /** Names of the region's types of that architecture that have EFA, sorted; empty where the cloud knows none. */
  efaTypes(architecture: InstanceFacts['architecture']): Promise<readonly string[]>
  /** Open to itself in both directions and outward to HTTPS; nothing comes in from outside. */
  ensureSecurityGroup(fleet: string, action: string, tags?: ResourceTags): Promise<{ id: string }>
  ensurePlacementGroup(fleet: string, action: string, tags?: ResourceTags): Promise<{ name: string }>
  ensureTemplate(request: TemplateRequest): Promise<{ id: string; version: number }>
  /** All or nothing: one type, one zone. Throws CapacityShortage, QuotaExceeded or PartialCohort (after undoing it). The token makes it idempotent. */
  launchCohort(request: LaunchRequest): Promise<readonly string[]>
  /** Records stages that are done as a tag on the nodes. */
  markStages(nodeIds: readonly string[], stages: ReadonlySet<NodeStage>): Promise<void>
  terminate(nodeIds: readonly string[]): Promise<void>
  removeTemplate(id: string): Promise<void>
  /** Throws FleetBusy while an instance still holds it. */
  removePlacementGroup(name: string): Promise<void>
  /** Throws FleetBusy while an interface still holds it. */
  removeSecurityGroup(id: string): Promise<void>
  /** The default VPC's subnet of a zone; storage is made in it. */
  subnetOf(zone: string): Promise<{ id: string; zone: string }>
}

export type ComputeView = Omit<ObservedFleet, 'storage'>

export interface TemplateRequest {
  readonly fleet: string
  readonly action: string
  readonly instanceType: string
  readonly architecture: 'x86_64' | 'arm64'
  readonly image: string
  readonly instanceProfile: string | null
  readonly securityGroupId: string
  /** Every interface of a node, the primary one first. */
  readonly interfaces: readonly PlannedInterface[]
  /** The user data script, plain text under 16 KB. */
  readonly userData: string
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
  readonly count: number
  readonly placementGroup: string | null
  /** Besides fleet, cohort and action. */
  readonly tags?: ResourceTags
}
