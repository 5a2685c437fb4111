import { AwsError } from '../../aws-error.ts'
import { isSeen, operation, tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { next } from './describe.ts'
import { imageFilters } from './image-filters.ts'
import { filters, matcher } from './input/filters.ts'
import { findAll } from './input/ids.ts'
import { flag, text } from './input/leaves.ts'
import { page, paging } from './input/pages.ts'
import { list } from './input/shape.ts'
import { imageOnWire } from './render/image.ts'
import type { Image } from './state/images.ts'

const parameters = {
  ...paging({ least: 1, most: 1000 }),
  ExecutableBy: list(text),
  Filter: filters,
  ImageId: list(text),
  IncludeDeprecated: flag,
  IncludeDisabled: flag,
  Owner: list(text),
}

/** The public images and the account's own. Deprecated ones are shown to those who ask for them. */
export const describeImages = operation({
  name: 'DescribeImages',
  input: parameters,
  handle(input, context) {
    const known = seenImages(context)
    const asked = input.ImageId ?? []
    const chosen =
      asked.length === 0
        ? [...known.values()].filter((image) => input.IncludeDeprecated === true || !image.deprecated)
        : findAll('image', [...new Set(asked)], (id) => known.get(id))
    const owners = input.Owner ?? []
    for (const owner of owners) if (!OWNERS.test(owner)) throw malformedOwner(owner)
    const shown = chosen.filter(
      (image) =>
        (owners.length === 0 || isOf(image, owners)) &&
        (input.ExecutableBy === undefined || opens(image, input.ExecutableBy)),
    )
    const tags = tagsSeen(context)
    const matches = matcher(input.Filter, imageFilters(context), (image) =>
      image.own === null ? new Map() : tags(image.own),
    )
    const { items, nextToken } = page(shown.filter(matches), input, (image) => image.id)
    return { imagesSet: items.map((image) => imageOnWire(image, context)), ...next(nextToken) }
  },
})

/** What was just made is not to be seen yet. */
function seenImages(context: Ec2Call): ReadonlyMap<string, Image> {
  return new Map([...context.region.images].filter(([, { own }]) => own === null || isSeen(own, context)))
}

function isOf(image: Image, owners: readonly string[]): boolean {
  const names = [image.ownerId, image.ownerAlias, image.own === null ? null : 'self']
  return names.some((name) => name !== null && owners.includes(name))
}

/** An image of one's own is one's own to launch; public ones are everybody's. */
const opens = ({ own }: Image, users: readonly string[]): boolean => users.includes(own === null ? 'all' : 'self')

const OWNERS = /^(\d{12}|self|amazon|aws-backup-vault|aws-marketplace)$/

const malformedOwner = (owner: string): AwsError =>
  new AwsError('InvalidUserID.Malformed', `Invalid user id: "${owner}"`)
