import { childrenOf, childText } from '../../../protocol/xml-read.ts'
import { emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket, demandKey, demandObject } from '../request/demand.ts'
import { readXmlBody } from '../request/read-xml.ts'
import type { S3Request } from '../request/s3-request.ts'
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
    const [set] = childrenOf(await readXmlBody(request, 'Tagging'), 'TagSet')
    if (set === undefined) throw s3Errors.malformedXml()
    const tags = childrenOf(set, 'Tag').map((node) => ({
      Key: childText(node, 'Key') ?? '',
      Value: childText(node, 'Value') ?? '',
    }))
    setTags(request, context, tags)
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
