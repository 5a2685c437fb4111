import { AwsError } from '../../../aws-error.ts'
import { readXml } from '../../../protocol/xml-read.ts'
import type { XmlNode } from '../../../protocol/xml-read.ts'
import { emptyAnswer } from '../answer.ts'
import type { S3Context, S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { demandBucket } from '../request/demand.ts'
import { readDocument } from '../request/read-xml.ts'
import type { S3Request } from '../request/s3-request.ts'
import { BUCKET_TAGS, readTagSet } from '../request/tag-set.ts'

interface DocumentKind {
  /** AWS's noun, as in PutBucketTagging. */
  readonly noun: string
  /** Of the XML. */
  readonly root: string
  readonly deleteName?: string
  /** The error of a GET where nothing was put, or the document that AWS then shows. */
  readonly absent: AwsError | string
  readonly putStatus?: number
  /** Throws what S3 refuses in the document. */
  readonly check?: (root: XmlNode) => void
}

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'

const notFound = (code: string, message: string): AwsError => new AwsError(code, message, 404)

/** Settings of a bucket that the sandbox keeps and gives back, and does not act upon. */
const KINDS: readonly DocumentKind[] = [
  {
    noun: 'BucketTagging',
    root: 'Tagging',
    absent: notFound('NoSuchTagSet', 'The TagSet does not exist'),
    putStatus: 204,
    check: (root) => void readTagSet(root, BUCKET_TAGS),
  },
  {
    noun: 'BucketLifecycleConfiguration',
    root: 'LifecycleConfiguration',
    deleteName: 'DeleteBucketLifecycle',
    absent: notFound('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  },
  {
    noun: 'PublicAccessBlock',
    root: 'PublicAccessBlockConfiguration',
    // What every bucket made since April 2023 has.
    absent: `<PublicAccessBlockConfiguration ${XMLNS}><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>`,
  },
  {
    noun: 'BucketEncryption',
    root: 'ServerSideEncryptionConfiguration',
    // What every bucket made since January 2023 has.
    absent: `<ServerSideEncryptionConfiguration ${XMLNS}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`,
  },
  {
    noun: 'BucketOwnershipControls',
    root: 'OwnershipControls',
    absent: `<OwnershipControls ${XMLNS}><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>`,
  },
  {
    noun: 'BucketCors',
    root: 'CORSConfiguration',
    absent: notFound('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  },
]

export const bucketDocumentOperations: readonly S3Operation[] = KINDS.flatMap((kind) => [
  put(kind),
  get(kind),
  remove(kind),
])

/** Versions are not kept, which is what an empty document says. */
export const getBucketVersioning: S3Operation = {
  name: 'GetBucketVersioning',
  handle(request, context) {
    demandBucket(request, context)
    return document(`<VersioningConfiguration ${XMLNS}/>`)
  },
}

function put(kind: DocumentKind): S3Operation {
  return {
    name: `Put${kind.noun}`,
    async handle(request, context) {
      const text = await readDocument(request)
      const root = readXml(text)
      if (root?.name !== kind.root) throw s3Errors.malformedXml()
      kind.check?.(root)
      demandBucket(request, context).setDocument(kind.noun, text)
      return emptyAnswer(kind.putStatus ?? 200)
    },
  }
}

function get(kind: DocumentKind): S3Operation {
  return {
    name: `Get${kind.noun}`,
    handle(request: S3Request, context: S3Context) {
      const { config } = demandBucket(request, context)
      const kept = config.documents[kind.noun]
      if (kept !== undefined) return document(kept)
      if (typeof kind.absent === 'string') return document(kind.absent)
      throw new AwsError(kind.absent.code, kind.absent.message, kind.absent.status, { BucketName: config.name })
    },
  }
}

function remove(kind: DocumentKind): S3Operation {
  return {
    name: kind.deleteName ?? `Delete${kind.noun}`,
    handle(request, context) {
      demandBucket(request, context).setDocument(kind.noun, undefined)
      return emptyAnswer(204)
    },
  }
}

function document(body: string) {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}
