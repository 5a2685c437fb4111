import { checksumMembers, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandConditions } from '../request/conditions.ts'
import { demandBucket, demandKey, demandObject } from '../request/demand.ts'
import { refuseCustomerKeys } from '../request/demand-headers.ts'

const KNOWN = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']

/** Of an object that came in parts only their number is told, as AWS does where the parts have no checksums of their own. */
export const getObjectAttributes: S3Operation = {
  name: 'GetObjectAttributes',
  handle(request, context) {
    const object = demandObject(demandBucket(request, context), demandKey(request))
    refuseCustomerKeys(request.headers)
    demandConditions(request.headers, object)
    const header = request.headers['x-amz-object-attributes'] ?? ''
    const asked = header.split(',').map((name) => name.trim())
    if (!asked.every((name) => KNOWN.includes(name)))
      throw s3Errors.invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', header)
    const wanted = (name: string): boolean => asked.includes(name)
    return xmlAnswer(
      'GetObjectAttributesResponse',
      {
        ETag: wanted('ETag') ? object.etag : undefined,
        Checksum: wanted('Checksum') && object.checksum !== null ? checksumMembers(object.checksum) : undefined,
        ObjectParts:
          wanted('ObjectParts') && object.etag.includes('-') ? { PartsCount: object.extents.length } : undefined,
        StorageClass: wanted('StorageClass') ? object.attributes.storageClass : undefined,
        ObjectSize: wanted('ObjectSize') ? object.size : undefined,
      },
      { 'last-modified': new Date(object.modified).toUTCString() },
    )
  },
}
