import { AwsError } from '../../../aws-error.ts'
import { invalidValue } from '../errors.ts'
import { text } from './leaves.ts'
import { list, record, required } from './shape.ts'
import type { Parsed } from './shape.ts'

/** Tags as requests bring them, and AWS's limits on them: 50 a resource, keys to 128 and values to 256 characters, `aws:` reserved. */
const tagFields = { Key: required(text), Value: text }
export const tag = record(tagFields)
export type Tag = Parsed<typeof tagFields>

const tagSpecificationFields = { ResourceType: required(text), Tag: list(tag) }
export const tagSpecifications = list(record(tagSpecificationFields))
export type TagSpecification = Parsed<typeof tagSpecificationFields>

/** The tags that a request gives to new resources of the type. `allowed` are all types that the operation may tag. */
export function tagsFor(
  specifications: readonly TagSpecification[] | undefined,
  type: string,
  allowed: readonly string[] = [type],
): Map<string, string> {
  const tags = new Map<string, string>()
  for (const { ResourceType, Tag = [] } of specifications ?? []) {
    if (!allowed.includes(ResourceType))
      throw invalidValue(`'${ResourceType}' is not a valid taggable resource type for this operation.`)
    if (Tag.length === 0) throw invalidValue('Tag specification must have at least one tag')
    if (ResourceType === type) for (const [key, value] of readTags(Tag)) tags.set(key, value)
  }
  refuseTooMany(tags)
  return tags
}

/** Throws what EC2 refuses in the tags of any resource, duplicate keys among it. */
export function refuseBadTags(specifications: readonly TagSpecification[] | undefined): void {
  for (const { Tag = [] } of specifications ?? []) readTags(Tag)
}

export function readTags(tags: readonly Tag[]): Map<string, string> {
  const read = new Map<string, string>()
  for (const { Key, Value = '' } of tags) {
    if (Key === '') throw invalidValue('Tag keys must be at least one character long')
    if (Key.length > 128) throw invalidValue(`Tag key exceeds the maximum length of 128 characters`)
    if (Value.length > 256) throw invalidValue('Tag value exceeds the maximum length of 256 characters')
    if (/^aws:/i.test(Key)) throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`)
    if (read.has(Key)) throw invalidValue(`Duplicate tag key '${Key}' specified.`)
    read.set(Key, Value)
  }
  return read
}

/** System tags do not count. */
export function refuseTooMany(tags: ReadonlyMap<string, string>): void {
  let own = 0
  for (const key of tags.keys()) if (!key.startsWith('aws:')) own += 1
  if (own > 50) throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.')
}
