import { AwsError } from '../../../aws-error.ts'
import { childrenOf, childText } from '../../../protocol/xml-read.ts'
import type { XmlNode } from '../../../protocol/xml-read.ts'
import { s3Errors } from '../errors.ts'
import type { Tag } from '../store/records.ts'

/** How many tags there may be, and what S3 says of more (boto/boto3#1213, versity/versitygw#1209). */
interface Limit {
  readonly most: number
  readonly words: string
}

export const OBJECT_TAGS: Limit = { most: 10, words: 'Object tags cannot be greater than 10' }
export const BUCKET_TAGS: Limit = { most: 50, words: 'Bucket tag count cannot be greater than 50' }

/** The tags of a `Tagging` document: each is looked at before they are counted (scality/cloudserver#4451). Throws AwsError. */
export function readTagSet(tagging: XmlNode, { most, words }: Limit): readonly Tag[] {
  const [set] = childrenOf(tagging, 'TagSet')
  if (set === undefined) throw s3Errors.malformedXml()
  const tags = childrenOf(set, 'Tag').map((node) => ({
    Key: childText(node, 'Key') ?? '',
    Value: childText(node, 'Value') ?? '',
  }))
  const keys = new Set<string>()
  for (const { Key, Value } of tags) {
    if (Key === '' || Key.length > 128) throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key })
    if (Value.length > 256)
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: Key, TagValue: Value })
    if (keys.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key })
    keys.add(Key)
  }
  if (tags.length > most) throw new AwsError('BadRequest', words)
  return tags
}

/** Codes and words: versity/versitygw#1232, #2039 and #1214, recorded from S3. */
const invalidTag = (message: string, fields: Readonly<Record<string, string>>): AwsError =>
  new AwsError('InvalidTag', message, 400, fields)
