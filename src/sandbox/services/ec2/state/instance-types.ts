import { readFileSync } from 'node:fs'

/**
 * AWS's own instance data, read once, when it is first asked for. Where it comes from: `src/sandbox/data/ATTRIBUTION.md`.
 */
export interface InstanceType {
  readonly InstanceType: string
  readonly SupportedUsageClasses: readonly string[]
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] }
  readonly VCpuInfo: {
    readonly DefaultVCpus: number
    readonly DefaultCores: number
    readonly DefaultThreadsPerCore: number
  }
  readonly NetworkInfo: {
    readonly MaximumNetworkInterfaces: number
    readonly EnaSupport?: 'required' | 'supported' | 'unsupported'
    readonly EfaSupported?: boolean
    readonly EfaInfo?: { readonly MaximumEfaInterfaces: number }
    readonly NetworkCards?: readonly {
      readonly NetworkCardIndex: number
      readonly MaximumNetworkInterfaces: number
      /** Newer than the recorded data. */
      readonly InterfaceTypes?: readonly string[]
    }[]
  }
  readonly SupportedBootModes?: readonly string[]
  readonly PlacementGroupInfo?: { readonly SupportedStrategies: readonly string[] }
  /** Everything else, under AWS's names. */
  readonly [member: string]: unknown
}

/** All types, by name. */
export function instanceTypes(): ReadonlyMap<string, InstanceType> {
  types ??= new Map(
    read('instance-types.jsonl')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as InstanceType)
      .toSorted((a, b) => (a.InstanceType < b.InstanceType ? -1 : 1))
      .map((type) => [type.InstanceType, type]),
  )
  return types
}

/** The zones of a region that offer a type, by type. */
export function offeringsOf(region: string): ReadonlyMap<string, readonly string[]> {
  offerings ??= new Map(
    Object.entries(JSON.parse(read('instance-type-offerings.json')) as Record<string, Record<string, string[]>>).map(
      ([name, zones]) => [name, new Map(Object.entries(zones))],
    ),
  )
  return offerings.get(region) ?? new Map()
}

export function regionNames(): readonly string[] {
  offeringsOf('')
  return [...(offerings?.keys() ?? [])].toSorted()
}

const read = (name: string): string => readFileSync(new URL(`../../../data/${name}`, import.meta.url), 'utf8')

let types: ReadonlyMap<string, InstanceType> | undefined
let offerings: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> | undefined
