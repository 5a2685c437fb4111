import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import { next } from '../describe.ts'
import { filters, matcher } from '../input/filters.ts'
import { text } from '../input/leaves.ts'
import { page, paging } from '../input/pages.ts'
import { list } from '../input/shape.ts'
import { prefixLists } from '../state/prefix-lists.ts'
import type { PrefixList } from '../state/prefix-lists.ts'

const parameters = { ...paging({ least: 1, most: 1000 }), Filter: filters, PrefixListId: list(text) }

/** The address ranges of the services that have gateway endpoints. */
export const describePrefixLists = operation({
  name: 'DescribePrefixLists',
  input: parameters,
  handle(input, { region }) {
    const all = prefixLists(region.name)
    const ids = input.PrefixListId ?? []
    for (const id of ids)
      if (!all.some((one) => one.id === id))
        throw new AwsError('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`)
    const matches = matcher<PrefixList>(input.Filter, {
      'prefix-list-id': (one) => one.id,
      'prefix-list-name': (one) => one.name,
    })
    const chosen = all.filter((one) => ids.length === 0 || ids.includes(one.id)).filter(matches)
    const { items, nextToken } = page(chosen, input, (one) => one.id)
    return {
      prefixListSet: items.map(({ id, name, cidrs }) => ({ prefixListId: id, prefixListName: name, cidrSet: cidrs })),
      ...next(nextToken),
    }
  },
})
