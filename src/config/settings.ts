import { NO_LIMITS, type Limits } from '../core/fleet/limits.ts'
import { MOST_NODES, type FleetSpec } from '../core/fleet/spec.ts'
import { QUEUE_DRIVEN } from '../core/scaling/policy.ts'
import { newStorage } from './storage-spec.ts'

/** What holds for this command, after all sources have been put together. */
export interface Settings {
  readonly cloud: 'sandbox' | 'aws'
  /** Null only with cloud aws: the SDK finds it in the profile. */
  readonly region: string | null
  /** The AWS profile; null leaves the choice to the SDK, and the sandbox has none. */
  readonly profile: string | null
  readonly fleets: Readonly<Record<string, FleetSpec>>
  /** What all fleets may cost together. */
  readonly limits: Limits
  /** A key of `fleets`. */
  readonly defaultFleet: string
  /** Where each value came from (`cloud`, `region`, `profile`, `defaultFleet`, `fleets.<name>`): a flag, a variable, `muster.yaml:3:9`, or `built-in default`. */
  readonly origin: Readonly<Record<string, string>>
  /** The folder of the project's muster.yaml; the current folder where there is none. `results/` is made in it. */
  readonly projectFolder: string
}

export interface SettingsRequest {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly flags: SettingsFlags
}

/** What the command line says about settings; the fleet's flag goes to `chooseFleet`. */
export interface SettingsFlags {
  readonly cloud?: string | undefined
  readonly region?: string | undefined
  readonly profile?: string | undefined
}

/** The fleet that is there without any file, and what other fleets have where they say nothing. */
export const BUILT_IN_FLEET: FleetSpec = {
  name: 'hpc',
  types: ['hpc7g.16xlarge'],
  need: null,
  nodes: 4,
  minNodes: 0,
  maxNodes: MOST_NODES,
  scaling: QUEUE_DRIVEN,
  placement: 'cluster',
  capacity: ['on-demand'],
  reservation: null,
  order: 'listed',
  zones: null,
  efa: 'auto',
  image: 'auto',
  instanceProfile: 'muster-node',
  userData: null,
  leaseS: 3600,
  idleS: null,
  maxLifeS: 7 * 86_400,
  badNodes: 'replace',
  tags: {},
  limits: NO_LIMITS,
  project: null,
  storage: newStorage({}),
  network: null,
}

export const BUILT_IN_REGION = 'us-east-1'
export const BUILT_IN = 'built-in default'
