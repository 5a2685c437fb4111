import { childrenOf, childText } from '../../../protocol/xml-read.ts'
import { emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket, demandKey } from '../request/demand.ts'
import { readXmlBody } from '../request/read-xml.ts'
import { keep } from '../store/keep.ts'

/** Deleting what is not there succeeds. */
export const deleteObject: S3Operation = {
  name: 'DeleteObject',
  handle(request, context) {
    const bucket = demandBucket(request, context)
    const key = demandKey(request)
    if (bucket.index.get(key) !== undefined) keep(bucket, [], () => ({ did: 'delete', keys: [key] }))
    return emptyAnswer(204)
  },
}

export const deleteObjects: S3Operation = {
  name: 'DeleteObjects',
  async handle(request, context) {
    const root = await readXmlBody(request, 'Delete')
    const bucket = demandBucket(request, context)
    const keys = childrenOf(root, 'Object').map((node) => childText(node, 'Key'))
    if (keys.length === 0 || keys.length > 1000) throw s3Errors.malformedXml()
    const named = keys.filter((key) => key !== undefined && key !== '') as string[]
    if (named.length < keys.length) throw s3Errors.malformedXml()
    const there = named.filter((key) => bucket.index.get(key) !== undefined)
    if (there.length > 0) keep(bucket, [], () => ({ did: 'delete', keys: there }))
    const quiet = childText(root, 'Quiet')?.trim() === 'true'
    return xmlAnswer('DeleteResult', { Deleted: quiet ? [] : named.map((Key) => ({ Key })) })
  },
}
