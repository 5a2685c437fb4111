import { readXml, childText } from '../../../protocol/xml-read.ts'
import { emptyAnswer, xmlAnswer } from '../answer.ts'
import type { S3Operation } from '../context.ts'
import { s3Errors } from '../errors.ts'
import { isBucketName } from '../request/bucket-name.ts'
import { demandBucket } from '../request/demand.ts'
import { demandAcl, demandWord } from '../request/demand-headers.ts'
import { readDocument } from '../request/read-xml.ts'
import type { S3Request } from '../request/s3-request.ts'

export const createBucket: S3Operation = {
  name: 'CreateBucket',
  async handle(request, { buckets, now }) {
    const name = request.bucket ?? ''
    const region = request.call.region
    const document = await readDocument(request)
    if (!isBucketName(name)) throw s3Errors.invalidBucketName(name)
    demandLocation(document, region)
    demandOwnership(request)
    const old = buckets.find(name)
    // Only us-east-1 keeps the old manner of saying yes to one's own bucket.
    if (old !== undefined && (region !== 'us-east-1' || old.config.region !== region))
      throw s3Errors.bucketAlreadyOwnedByYou(name)
    if (old === undefined) buckets.create(name, region, now())
    return emptyAnswer(200, { location: `/${name}` })
  },
}

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']

function demandOwnership({ headers }: S3Request): void {
  demandWord(headers, 'x-amz-object-ownership', OWNERSHIPS, 'Invalid x-amz-object-ownership header')
  demandAcl(headers, headers['x-amz-object-ownership'])
}

function demandLocation(document: string, region: string): void {
  const root = document.trim() === '' ? undefined : readXml(document)
  if (document.trim() !== '' && root?.name !== 'CreateBucketConfiguration') throw s3Errors.malformedXml()
  const constraint = (root && childText(root, 'LocationConstraint')) ?? ''
  const asked = constraint === '' ? 'us-east-1' : constraint === 'EU' ? 'eu-west-1' : constraint
  if (asked !== region) throw s3Errors.illegalLocation(constraint)
  if (constraint === 'us-east-1') throw s3Errors.invalidLocation(constraint)
}

export const headBucket: S3Operation = {
  name: 'HeadBucket',
  handle(request, context) {
    const { config } = demandBucket(request, context)
    return emptyAnswer(200, {
      'x-amz-bucket-region': config.region,
      'x-amz-access-point-alias': 'false',
      'content-type': 'application/xml',
    })
  },
}

export const deleteBucket: S3Operation = {
  name: 'DeleteBucket',
  async handle(request, context) {
    const bucket = demandBucket(request, context)
    if (!bucket.index.isEmpty) throw s3Errors.bucketNotEmpty(bucket.config.name)
    await context.buckets.remove(bucket)
    return emptyAnswer(204)
  },
}

export const listBuckets: S3Operation = {
  name: 'ListBuckets',
  handle({ params }, { buckets, account }) {
    const most = Number(params.get('max-buckets') ?? 10_000)
    if (!Number.isInteger(most) || most < 1 || most > 10_000)
      throw s3Errors.invalidArgument('Invalid max-buckets', 'max-buckets', params.get('max-buckets') ?? '')
    const prefix = params.get('prefix') ?? ''
    const region = params.get('bucket-region')
    const after = Buffer.from(params.get('continuation-token') ?? '', 'base64url').toString()
    const all = buckets
      .list()
      .map(({ config }) => config)
      .filter(({ name }) => name.startsWith(prefix) && name > after)
      .filter((config) => region === null || config.region === region)
    const page = all.slice(0, most)
    const last = page.at(-1)
    return xmlAnswer('ListAllMyBucketsResult', {
      Owner: { ID: account, DisplayName: 'sandbox' },
      Buckets: {
        Bucket: page.map(({ name, created, region: BucketRegion }) => ({
          Name: name,
          CreationDate: new Date(created),
          BucketRegion,
        })),
      },
      ContinuationToken:
        all.length > page.length && last !== undefined ? Buffer.from(last.name).toString('base64url') : undefined,
      Prefix: prefix || undefined,
    })
  },
}

export const getBucketLocation: S3Operation = {
  name: 'GetBucketLocation',
  handle(request, { buckets }) {
    // From any region, as on AWS: this is how callers find out.
    const bucket = buckets.find(request.bucket ?? '')
    if (bucket === undefined) throw s3Errors.noSuchBucket(request.bucket ?? '')
    return xmlAnswer('LocationConstraint', bucket.config.region === 'us-east-1' ? {} : bucket.config.region)
  },
}
