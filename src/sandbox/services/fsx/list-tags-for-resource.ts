import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { integer, members } from '../json/shape.ts'
import { PAGE_TOKEN, RESOURCE_ARN, badToken, read } from './input.ts'
import { renderTags } from './render-file-system.ts'
import type { Links } from './links/links.ts'
import { resourceOf } from './tagged-resource.ts'

/** ListTagsForResource. */
export function listTagsForResource(links: Links): Operation {
  return {
    name: 'ListTagsForResource',
    handle(raw, { region }) {
      const { ResourceARN, MaxResults = 50, NextToken } = read(SHAPE, raw)
      const { tags } = resourceOf(links, region, ResourceARN)
      const page = pageOf([...tags], ([key]) => key, MaxResults, NextToken, badToken)
      return { Tags: renderTags(new Map(page.items)), NextToken: page.nextToken }
    },
  }
}

const SHAPE = members(
  { ResourceARN: RESOURCE_ARN },
  { MaxResults: integer({ most: 2_147_483_647, least: 1 }), NextToken: PAGE_TOKEN },
)
