import { CreateTagsCommand } from '@aws-sdk/client-ec2'
import type { NodeStage } from '../../core/fleet/observed.ts'
import { markToTag, type NodeMark } from '../../core/fleet/quarantine.ts'
import { chunks } from '../pages.ts'
import { DRAINING, stagesToTag, TAG, tagList } from '../tags.ts'
import type { Ec2 } from './ec2.ts'
import { MOST_IDS, onThoseThatExist } from './terminate.ts'

/** The stage tag takes the place of the one before. */
export function markStages(ec2: Ec2, nodeIds: readonly string[], stages: ReadonlySet<NodeStage>): Promise<void> {
  return tag(ec2, nodeIds, { [TAG.stage]: stagesToTag(stages) })
}

export function markDraining(ec2: Ec2, nodeIds: readonly string[], until: string | null): Promise<void> {
  return tag(ec2, nodeIds, { [TAG.draining]: until ?? DRAINING })
}

export function markLead(ec2: Ec2, nodeId: string): Promise<void> {
  return tag(ec2, [nodeId], { [TAG.lead]: 'yes' })
}

export function quarantine(ec2: Ec2, nodeIds: readonly string[], mark: NodeMark): Promise<void> {
  return tag(ec2, nodeIds, { [TAG.quarantine]: markToTag(mark) })
}

export function renameCohort(ec2: Ec2, nodeIds: readonly string[], cohort: string): Promise<void> {
  return tag(ec2, nodeIds, { [TAG.cohort]: cohort })
}

async function tag(ec2: Ec2, nodeIds: readonly string[], tags: Readonly<Record<string, string>>): Promise<void> {
  for (const ids of chunks(nodeIds, MOST_IDS)) {
    await onThoseThatExist(ec2, ids, (Resources) => ec2.send(new CreateTagsCommand({ Resources, Tags: tagList(tags) })))
  }
}
