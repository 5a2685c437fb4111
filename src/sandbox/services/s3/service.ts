import { join } from 'node:path'
import { restCodec } from '../../protocol/rest-codec.ts'
import type { Service } from '../../service.ts'
import type { World } from '../../world.ts'
import type { S3Context, S3Operation } from './context.ts'
import { objectDirectory } from './object-directory.ts'
import { getBucketAcl, getObjectAcl } from './operations/acls.ts'
import { bucketDocumentOperations, getBucketVersioning } from './operations/bucket-documents.ts'
import { createBucket, deleteBucket, getBucketLocation, headBucket, listBuckets } from './operations/buckets.ts'
import { completeMultipartUpload } from './operations/complete-upload.ts'
import { copyObject } from './operations/copy-object.ts'
import { deleteObject, deleteObjects } from './operations/delete-objects.ts'
import { getObject, headObject } from './operations/get-object.ts'
import { getObjectAttributes } from './operations/get-object-attributes.ts'
import { listObjects, listObjectsV2 } from './operations/list-objects.ts'
import { listObjectVersions } from './operations/list-object-versions.ts'
import { listMultipartUploads, listParts } from './operations/list-uploads.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object-tagging.ts'
import { putObject } from './operations/put-object.ts'
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './operations/upload-parts.ts'
import { diskErrors } from './request/disk-errors.ts'
import { operationName } from './request/operation-name.ts'
import { s3Request } from './request/s3-request.ts'
import { Buckets } from './store/buckets.ts'

const OPERATIONS: ReadonlyMap<string, S3Operation> = new Map(
  [
    listBuckets,
    createBucket,
    headBucket,
    deleteBucket,
    getBucketLocation,
    getBucketVersioning,
    ...bucketDocumentOperations,
    putObject,
    getObject,
    headObject,
    deleteObject,
    deleteObjects,
    copyObject,
    listObjects,
    listObjectsV2,
    listObjectVersions,
    getObjectAttributes,
    getBucketAcl,
    getObjectAcl,
    createMultipartUpload,
    uploadPart,
    uploadPartCopy,
    completeMultipartUpload,
    abortMultipartUpload,
    listParts,
    listMultipartUploads,
    getObjectTagging,
    putObjectTagging,
    deleteObjectTagging,
  ].map((operation) => [operation.name, operation]),
)

/** S3: buckets and objects on disk below `<home>/s3`. They outlive the sandbox, by `stop` and by kill -9. */
export async function createS3(world: World): Promise<Service> {
  const buckets = await Buckets.open(join(world.home, 's3'))
  const context: S3Context = { buckets, account: world.account, now: () => world.clock.now() }
  world.directories.objects = objectDirectory(context)
  return {
    name: 's3',
    protocol: { kind: 'rest-xml' },
    operations: new Map(),
    match(rest, call) {
      const request = s3Request(rest, call)
      const name = operationName(request)
      const operation = OPERATIONS.get(name)
      if (operation === undefined) throw restCodec.unknownOperation('s3', name)
      return { name, answer: () => diskErrors(async () => operation.handle(request, context)) }
    },
    close: async () => buckets.close(),
  }
}
