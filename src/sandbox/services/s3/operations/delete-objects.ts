import { AwsError } from '../../../aws-error.ts'
import { childrenOf, childText, type XmlNode } from '../../../protocol/xml-read.ts'
import { emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandWriteConditions } from '../request/conditions.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { readXmlBody } from '../request/read-xml.ts'
import type { Bucket } from '../store/bucket.ts'
import { keep } from '../store/keep.ts'

/** Deleting what is not there succeeds. */
export const deleteObject: S3Operation = {
  name: 'DeleteObject',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    const old = bucket.index.get(key)
    if (request.headers['if-match'] !== undefined) demandWriteConditions(request.headers, old, key)
    if (old !== undefined) keep(bucket, [], () => ({ did: 'delete', keys: [key] }))
    return emptyAnswer(204)
  },
}

export const deleteObjects: S3Operation = {
  name: 'DeleteObjects',
  async handle(request, context) {
    const root = await readXmlBody(request, 'Delete')
    const bucket = demandBucket(request, context)
    const asked = childrenOf(root, 'Object').map((node) => deletion(node, bucket))
    if (asked.length === 0 || asked.length > 1000) throw s3Errors.malformedXml()
    const named = asked.filter(({ error }) => error === undefined).map(({ Key }) => Key)
    const there = named.filter((key) => bucket.index.get(key) !== undefined)
    if (there.length > 0) keep(bucket, [], () => ({ did: 'delete', keys: there }))
    const quiet = childText(root, 'Quiet')?.trim() === 'true'
    return xmlAnswer('DeleteResult', {
      Deleted: quiet ? [] : named.map((Key) => ({ Key })),
      Error: asked.flatMap(({ Key, error }) => (error === undefined ? [] : [{ Key, ...error }])),
    })
  },
}

interface Deletion {
  readonly Key: string
  readonly error?: { readonly Code: string; readonly Message: string; readonly VersionId?: string }
}

/** What one entry asks for. A version that is not there, or other content than the caller thinks, is told and left alone. */
function deletion(node: XmlNode, bucket: Bucket): Deletion {
  const Key = childText(node, 'Key') ?? ''
  if (Key === '') throw s3Errors.malformedXml()
  const VersionId = childText(node, 'VersionId')
  if (VersionId !== undefined && VersionId !== 'null')
    return { Key, error: { VersionId, Code: 'NoSuchVersion', Message: 'The specified version does not exist.' } }
  const etag = childText(node, 'ETag')
  try {
    if (etag !== undefined) demandWriteConditions({ 'if-match': etag }, bucket.index.get(Key), Key)
    return { Key }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { Key, error: { Code: error.code, Message: error.message } }
  }
}
