import type { WireAnswer } from '../../../protocol/wire.ts'
import { xmlElements, xmlHeader } from '../../../protocol/xml-write.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { demandBucket, demandKey, demandObject } from '../request/demand.ts'

/** What every bucket without ACLs shows: all is its owner's. */
export const getBucketAcl: S3Operation = {
  name: 'GetBucketAcl',
  handle(request, context) {
    demandBucket(request, context)
    return ownersAlone(context)
  },
}

export const getObjectAcl: S3Operation = {
  name: 'GetObjectAcl',
  handle(request, context) {
    demandObject(demandBucket(request, context), demandKey(request))
    return ownersAlone(context)
  },
}

function ownersAlone({ account: ID }: S3Context): WireAnswer {
  const owner = xmlElements({ ID }, null)
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body:
      `${xmlHeader}<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner>${owner}</Owner>` +
      `<AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${owner}</Grantee>` +
      '<Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>',
  }
}
