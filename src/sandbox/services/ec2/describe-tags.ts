import { isSeen, operation, tagsSeen } from './context.ts'
import { next } from './describe.ts'
import { filters, matcher } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { page, paging } from './input/pages.ts'
import { allResources } from './resources.ts'

const parameters = { ...paging({ least: 5, most: 1000 }), Filter: filters }

interface ShownTag {
  readonly resourceId: string
  readonly resourceType: string
  readonly key: string
  readonly value: string
}

/** Every tag of every resource, or those that the filters let through. */
export const describeTags = operation({
  name: 'DescribeTags',
  input: parameters,
  handle(input, context) {
    // Here `tag:<key>` compares the one tag that is shown.
    const matches = matcher(input.Filter, table, (tag) => new Map([[tag.key, tag.value]]))
    const tags: ShownTag[] = []
    for (const resource of allResources(context.region))
      if (isSeen(resource, context))
        for (const [key, value] of tagsSeen(context)(resource)) {
          const tag = { resourceId: resource.id, resourceType: resource.kind, key, value }
          if (matches(tag)) tags.push(tag)
        }
    const { items, nextToken } = page(tags, input, (tag) => `${tag.resourceId} ${tag.key}`)
    return { tagSet: items, ...next(nextToken) }
  },
})

const table: FilterTable<ShownTag> = {
  key: (tag) => tag.key,
  'resource-id': (tag) => tag.resourceId,
  'resource-type': (tag) => tag.resourceType,
  value: (tag) => tag.value,
}
