import type { Region } from '../state/region.ts'

export function groupSet(ids: readonly string[], region: Region): { groupId: string; groupName: string }[] {
  return ids.map((id) => ({ groupId: id, groupName: region.securityGroups.get(id)?.name ?? '' }))
}
