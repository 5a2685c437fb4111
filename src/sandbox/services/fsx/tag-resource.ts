import type { Operation } from '../../service.ts'
import { members } from '../json/shape.ts'
import { RESOURCE_ARN, TAGS, addTags, read } from './input.ts'
import type { Links } from './links/links.ts'
import { resourceOf } from './tagged-resource.ts'

/** TagResource: adds tags, or changes their values. */
export function tagResource(links: Links): Operation {
  return {
    name: 'TagResource',
    handle(raw, { region }) {
      const { ResourceARN, Tags } = read(SHAPE, raw)
      addTags(resourceOf(links, region, ResourceARN).tags, Tags)
      return {}
    },
  }
}

const SHAPE = members({ ResourceARN: RESOURCE_ARN, Tags: TAGS }, {})
