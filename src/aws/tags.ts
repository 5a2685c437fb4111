import { NODE_STAGES, type NodeStage } from '../core/fleet/observed.ts'
import type { ResourceTags } from '../core/fleet/tags.ts'

/**
 * The tags by which everything of ours is found again, also by another laptop. Keys hold no slash and no space: instance
 * metadata refuses those.
 */
export const TAG = {
  fleet: 'muster:fleet',
  cohort: 'muster:cohort',
  action: 'muster:action',
  stage: 'muster:stage',
  draining: 'muster:draining',
  lead: 'muster:lead',
  /** That a node is bad, since when, who says so and why; see core/fleet/quarantine.ts. */
  quarantine: 'muster:quarantine',
  fingerprint: 'muster:fingerprint',
  /** Of a file system: what becomes of its data, where they go, how many folders are imported, and what is not exported yet. */
  teardown: 'muster:teardown',
  mount: 'muster:mount',
  exportTo: 'muster:export-to',
  imports: 'muster:imports',
  data: 'muster:data',
  /** Of an export: the count that it belongs to. */
  flush: 'muster:flush',
  /** On what `muster setup` made; its value is the part that it is. */
  network: 'muster:network',
  /** On images that `muster image bake` made: its name, the fleet that it is for, what is in it. */
  image: 'muster:image',
  imageFleet: 'muster:image-fleet',
  imageContents: 'muster:image-contents',
  name: 'Name',
} as const

/** The value of `muster:draining` where nothing has to be ready first. */
export const DRAINING = 'yes'

export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** The common name of a fleet's security group, placement group and template. */
export const fleetName = (fleet: string) => `muster-${fleet}`

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** Tags of everything that belongs to a fleet; the configuration lets no user have a tag of muster's own keys. */
export function fleetTags(fleet: string, action: string, more: ResourceTags = {}): { Key: string; Value: string }[] {
  return tagList({ [TAG.name]: fleetName(fleet), [TAG.fleet]: fleet, [TAG.action]: action, ...more })
}

export function tagValue(tags: readonly Tag[] | undefined, key: string): string | null {
  return tags?.find((tag) => tag.Key === key)?.Value ?? null
}

export const fleetFilter = (fleet: string) => ({ Name: `tag:${TAG.fleet}`, Values: [fleet] })
export const anyFleetFilter = { Name: 'tag-key', Values: [TAG.fleet] }

/** Distinct fleet names out of many resources' tags, sorted. */
export function fleetNames(tagSets: readonly (readonly Tag[] | undefined)[]): string[] {
  const names = tagSets.map((tags) => tagValue(tags, TAG.fleet)).filter((name) => name !== null)
  return [...new Set(names)].toSorted()
}

export function stagesToTag(stages: ReadonlySet<NodeStage>): string {
  return NODE_STAGES.filter((stage) => stages.has(stage)).join(',')
}

/** Words that are no stages (a newer muster's) are ignored. */
export function stagesFromTag(value: string | null): ReadonlySet<NodeStage> {
  const words = new Set((value ?? '').split(','))
  return new Set(NODE_STAGES.filter((stage) => words.has(stage)))
}
