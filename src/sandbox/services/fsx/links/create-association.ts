import type { Operation } from '../../../service.ts'
import { AwsError } from '../../../aws-error.ts'
import { flag, integer, members } from '../../json/shape.ts'
import { FILE_SYSTEM_ID, TAGS, TOKEN, addTags, badRequest, read } from '../input.ts'
import { earlierOf, tokenOf } from '../repeated.ts'
import type { FileSystem } from '../state/file-system.ts'
import { namesOf, placeOf } from '../transfer/place.ts'
import { contain, newAssociationId, share, type Association } from './association.ts'
import type { Links } from './links.ts'
import { refusePolicies } from './policies.ts'
import { renderAssociation } from './render.ts'
import { FOLDER, REPOSITORY, S3_POLICIES } from './shapes.ts'

/** CreateDataRepositoryAssociation: answers while it is CREATING. */
export function createDataRepositoryAssociation(links: Links): Operation {
  const { fileSystems } = links
  return {
    name: 'CreateDataRepositoryAssociation',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const token = tokenOf(raw, input.ClientRequestToken)
      const earlier = earlierOf(links.associations(region), token)
      if (earlier) return { Association: renderAssociation(earlier, fileSystems.world) }
      refusePolicies(input.S3)
      const fileSystem = fileSystems.get(region, input.FileSystemId)
      demandLinkable(fileSystem)
      const path = input.FileSystemPath ?? '/'
      const folder = path.startsWith('/') ? namesOf(path) : undefined
      if (!folder) throw badRequest(`The file system path '${path}' is not valid: it must begin with a slash.`)
      const place = placeOf(input.DataRepositoryPath)
      if (!place) throw badRequest(`The data repository path '${input.DataRepositoryPath}' is not valid.`)
      if (links.objects().bucket(place.bucket) === undefined) throw badRequest(NO_ACCESS)
      const tags = new Map<string, string>()
      addTags(tags, input.Tags ?? [])
      const association: Association = {
        id: newAssociationId(),
        region,
        fileSystemId: fileSystem.id,
        path,
        folder,
        repository: input.DataRepositoryPath,
        place,
        createdAt: fileSystems.world.clock.now(),
        batchImport: input.BatchImportMetaDataOnCreate ?? false,
        tags,
        token,
        chunkMiB: input.ImportedFileChunkSize ?? 1024,
        lifecycle: 'CREATING',
        failure: null,
        stopTimer: () => {},
      }
      const others = links.associations(region).filter((each) => each.fileSystemId === fileSystem.id)
      demandRoom(association, others)
      links.addAssociation(association)
      return { Association: renderAssociation(association, fileSystems.world) }
    },
  }
}

/** In AWS's words where a bucket cannot be reached; that they are these for an association is unverified. */
const NO_ACCESS =
  'Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions to the S3 bucket prefix.'

const MOST = 8

function demandLinkable({ id, lifecycle, plan }: FileSystem): void {
  if (plan.deployment === 'SCRATCH_1' || plan.version === '2.10') {
    const kind = `${plan.deployment} with Lustre ${plan.version}`
    throw new AwsError('UnsupportedOperation', `Data repository associations are not supported on ${kind}.`)
  }
  if (lifecycle !== 'AVAILABLE' && lifecycle !== 'UPDATING') {
    throw badRequest(`The file system '${id}' is ${lifecycle}; it must be AVAILABLE.`)
  }
}

function demandRoom({ folder, place, path, repository }: Association, others: readonly Association[]): void {
  if (others.length >= MOST) {
    const message = `You have reached the maximum of ${MOST} data repository associations of a file system.`
    throw new AwsError('ServiceLimitExceeded', message, 400, { Limit: 'FILE_SYSTEM_COUNT' })
  }
  const overlapping = others.find((other) => contain(other.folder, folder))
  if (overlapping) throw badRequest(`The file system path '${path}' overlaps with '${overlapping.path}'.`)
  const shared = others.find((other) => share(other.place, place))
  if (shared) throw badRequest(`The data repository path '${repository}' overlaps with '${shared.repository}'.`)
}

const SHAPE = members(
  { FileSystemId: FILE_SYSTEM_ID, DataRepositoryPath: REPOSITORY },
  {
    FileSystemPath: FOLDER,
    BatchImportMetaDataOnCreate: flag(),
    ImportedFileChunkSize: integer({ most: 512_000, least: 1 }),
    S3: S3_POLICIES,
    ClientRequestToken: TOKEN,
    Tags: TAGS,
  },
)
