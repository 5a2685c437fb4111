import type { ResourceType } from '@aws-sdk/client-ec2'
import { TAG, tagList } from '../tags.ts'

/** What setup made is found by this tag, whatever part it is. */
export const setupFilter = { Name: 'tag-key', Values: [TAG.network] }

/** `TagSpecifications` of a part; its name is what people look for in the console. */
export function networkTags(resource: ResourceType, part: string, action: string) {
  const Tags = tagList({ [TAG.name]: `muster-${part}`, [TAG.network]: part, [TAG.action]: action })
  return [{ ResourceType: resource, Tags }]
}
