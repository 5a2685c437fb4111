import type { Operation } from '../../../service.ts'
import { pageOf } from '../../json/page.ts'
import { integer, listOf, members, oneOf, text } from '../../json/shape.ts'
import { PAGE_TOKEN, badToken, read } from '../input.ts'
import type { Links } from './links.ts'
import { renderAssociation } from './render.ts'
import { ASSOCIATION_ID } from './shapes.ts'

/** DescribeDataRepositoryAssociations: those named, or those that all filters let through. */
export function describeDataRepositoryAssociations(links: Links): Operation {
  const { world } = links.fileSystems
  return {
    name: 'DescribeDataRepositoryAssociations',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const named = input.AssociationIds?.map((id) => links.association(region, id))
      const found = (named ?? links.associations(region)).filter((each) =>
        (input.Filters ?? []).every(({ Name, Values }) => {
          if (Values === undefined) return true
          if (Name === 'file-system-id') return Values.includes(each.fileSystemId)
          // The sandbox's are of S3 and of file systems, never of a file cache.
          return Name === 'data-repository-type' && Values.includes('S3')
        }),
      )
      const page = pageOf(found, ({ id }) => id, Math.min(input.MaxResults ?? MOST, MOST), input.NextToken, badToken)
      return { Associations: page.items.map((each) => renderAssociation(each, world)), NextToken: page.nextToken }
    },
  }
}

/** The model's limit of the list in one answer. */
const MOST = 100

const NAMES = [
  'file-system-id',
  'backup-type',
  'file-system-type',
  'volume-id',
  'data-repository-type',
  'file-cache-id',
  'file-cache-type',
] as const

const SHAPE = members(
  {},
  {
    AssociationIds: listOf(ASSOCIATION_ID, { max: 50 }),
    Filters: listOf(members({}, { Name: oneOf(...NAMES), Values: listOf(text({ max: 128, min: 1 }), { max: 20 }) }), {
      max: 10,
    }),
    MaxResults: integer({ most: 25, least: 1 }),
    NextToken: PAGE_TOKEN,
  },
)
