import type { AnyAction, Plan } from '../plan/action.ts'
import type { WayOutChoice } from './observed.ts'

/** One part of an account's network that can be made; what it needs exists already and is named by its id. */
export type NetworkPart =
  | { readonly what: 'vpc'; readonly range: string }
  | { readonly what: 'dns'; readonly vpc: string }
  | SubnetPart
  | { readonly what: 'gateway'; readonly vpc: string }
  | { readonly what: 'address' }
  | { readonly what: 'nat'; readonly vpc: string; readonly subnet: string; readonly address: string }
  | { readonly what: 'table'; readonly vpc: string; readonly use: 'private' | 'public' }
  | { readonly what: 'association'; readonly table: string; readonly subnet: string; readonly zone: string }
  /** 0.0.0.0/0 to a gateway (`igw-`, `nat-`); takes the place of one that leads elsewhere. */
  | { readonly what: 'route'; readonly table: string; readonly to: string }
  | { readonly what: 's3-endpoint'; readonly vpc: string; readonly table: string }
  | { readonly what: 'endpoint-group'; readonly vpc: string; readonly range: string }
  | EndpointPart

export interface SubnetPart {
  readonly what: 'subnet'
  readonly vpc: string
  readonly zone: string
  readonly range: string
  readonly use: 'private' | 'public'
}

export interface EndpointPart {
  readonly what: 'endpoint'
  readonly vpc: string
  readonly service: string
  readonly subnet: string
  readonly group: string
}

/** What can be taken away again, by its id. */
export type NetworkRemoval =
  | {
      readonly what: 'vpc' | 'subnet' | 'address' | 'nat' | 'table' | 'endpoint' | 'endpoint-group'
      readonly id: string
      /** For people: a zone, a service. */
      readonly about: string
    }
  | { readonly what: 'route'; readonly id: string; readonly about: string }
  | { readonly what: 'gateway'; readonly id: string; readonly vpc: string | null; readonly about: string }

/** What nodes and AWS's services are allowed. */
export type AccessPart =
  { readonly what: 'role' } | { readonly what: 'profile' } | { readonly what: 'service-role'; readonly service: string }

/** The region's claim on the role; role and profile go with the last claim. */
export type AccessRemoval = { readonly what: 'claim' } | { readonly what: 'profile' } | { readonly what: 'role' }

export type SetupWork =
  | { readonly kind: 'make'; readonly part: NetworkPart }
  | { readonly kind: 'remove'; readonly part: NetworkRemoval }
  | { readonly kind: 'grant'; readonly part: AccessPart }
  | { readonly kind: 'withdraw'; readonly part: AccessRemoval }

export type SetupAction = AnyAction & SetupWork

export type SetupPlan = Plan<SetupAction>

/** What `muster setup` is to make. */
export interface SetupWish {
  readonly wayOut: WayOutChoice
  /** False leaves roles and profile alone. */
  readonly role: boolean
}
