import { emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { demandBucket, demandKey, demandObject } from '../request/demand.ts'
import { readXmlBody } from '../request/read-xml.ts'
import type { S3Request } from '../request/s3-request.ts'
import { OBJECT_TAGS, readTagSet } from '../request/tag-set.ts'
import { keep } from '../store/keep.ts'
import type { Tag } from '../store/records.ts'

export const getObjectTagging: S3Operation = {
  name: 'GetObjectTagging',
  handle(request, context) {
    const { attributes } = demandObject(demandBucket(request, context), demandKey(request))
    return xmlAnswer('Tagging', { TagSet: { Tag: attributes.tags } })
  },
}

export const putObjectTagging: S3Operation = {
  name: 'PutObjectTagging',
  async handle(request, context) {
    setTags(request, context, readTagSet(await readXmlBody(request, 'Tagging'), OBJECT_TAGS))
    return emptyAnswer(200)
  },
}

export const deleteObjectTagging: S3Operation = {
  name: 'DeleteObjectTagging',
  handle(request, context) {
    setTags(request, context, [])
    return emptyAnswer(204)
  },
}

function setTags(request: S3Request, context: S3Context, tags: readonly Tag[]): void {
  const bucket = demandBucket(request, context)
  const object = demandObject(bucket, demandKey(request))
  keep(bucket, [], () => ({ did: 'put', object: { ...object, attributes: { ...object.attributes, tags } } }))
}
