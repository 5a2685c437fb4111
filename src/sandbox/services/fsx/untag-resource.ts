import type { Operation } from '../../service.ts'
import { listOf, members } from '../json/shape.ts'
import { RESOURCE_ARN, TAG_KEY, read } from './input.ts'
import type { Links } from './links/links.ts'
import { resourceOf } from './tagged-resource.ts'

/** UntagResource: keys that are not there are no error. */
export function untagResource(links: Links): Operation {
  return {
    name: 'UntagResource',
    handle(raw, { region }) {
      const { ResourceARN, TagKeys } = read(SHAPE, raw)
      const { tags } = resourceOf(links, region, ResourceARN)
      for (const key of TagKeys) tags.delete(key)
      return {}
    },
  }
}

const SHAPE = members({ ResourceARN: RESOURCE_ARN, TagKeys: listOf(TAG_KEY, { max: 50, min: 1 }) }, {})
