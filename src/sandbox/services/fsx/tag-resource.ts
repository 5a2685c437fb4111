import type { Operation } from '../../service.ts'
import { members } from '../json/shape.ts'
import { RESOURCE_ARN, TAGS, addTags, read } from './input.ts'
import type { FileSystems } from './state/file-systems.ts'
import { resourceOf } from './tagged-resource.ts'

/** TagResource: adds tags, or changes their values. */
export function tagResource(fileSystems: FileSystems): Operation {
  return {
    name: 'TagResource',
    handle(raw, { region }) {
      const { ResourceARN, Tags } = read(SHAPE, raw)
      addTags(resourceOf(fileSystems, region, ResourceARN).tags, Tags)
      return {}
    },
  }
}

const SHAPE = members({ ResourceARN: RESOURCE_ARN, Tags: TAGS }, {})
