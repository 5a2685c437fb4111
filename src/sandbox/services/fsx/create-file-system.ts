import type { Operation } from '../../service.ts'
import { AwsError } from '../../aws-error.ts'
import { integer, listOf, members, oneOf, text } from '../json/shape.ts'
import { TAGS, TOKEN, addTags, badRequest, read } from './input.ts'
import { LUSTRE_CONFIGURATION, lustreRequest, shownSettings } from './lustre-configuration.ts'
import { chooseNetwork } from './network.ts'
import { earlierOf, tokenOf } from './repeated.ts'
import { renderFileSystem } from './render-file-system.ts'
import { newId, newMountName } from './state/file-system.ts'
import type { FileSystem } from './state/file-system.ts'
import type { FileSystems } from './state/file-systems.ts'
import { lustrePlan } from './state/lustre-rules.ts'

/** CreateFileSystem: LUSTRE only. Answers while it is CREATING; its mount name is known from the start. */
export function createFileSystem(fileSystems: FileSystems): Operation {
  const { world } = fileSystems
  return {
    name: 'CreateFileSystem',
    async handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const token = tokenOf(raw, input.ClientRequestToken)
      const earlier = earlierOf(fileSystems.list(region), token)
      if (earlier) return { FileSystem: renderFileSystem(earlier, world) }
      if (input.FileSystemType !== 'LUSTRE') {
        throw badRequest(`The sandbox makes LUSTRE file systems only, not ${input.FileSystemType}.`)
      }
      refuseOtherKinds(raw)
      if (fileSystems.list(region).length >= MOST) throw limitExceeded()
      const lustre = input.LustreConfiguration ?? {}
      const request = lustreRequest(lustre, input)
      const plan = lustrePlan(request)
      const tags = new Map<string, string>()
      addTags(tags, input.Tags ?? [])
      const network = chooseNetwork(world, region, input.SubnetIds, input.SecurityGroupIds ?? [], {
        capacityGiB: plan.capacityGiB,
        efa: lustre.EfaEnabled ?? false,
      })
      const id = newId()
      const fileSystem: FileSystem = {
        id,
        region,
        mountName: newMountName(plan.deployment),
        dnsName: `${id}.fsx.${region}.amazonaws.com`,
        createdAt: world.clock.now(),
        ...network(id),
        plan,
        settings: shownSettings(lustre, plan),
        kmsKeyId: input.KmsKeyId,
        networkType: input.NetworkType ?? 'IPV4',
        tags,
        token,
        capacityGiB: plan.capacityGiB,
        lifecycle: 'CREATING',
        failure: null,
        actions: [],
        stopTimer: () => {},
      }
      await fileSystems.add(fileSystem)
      return { FileSystem: renderFileSystem(fileSystem, world) }
    },
  }
}

/** Settings of another kind of file system would be lost without a word. */
function refuseOtherKinds(raw: object): void {
  const other = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'].find((name) => name in raw)
  if (other !== undefined) throw badRequest(`${other} cannot be used with the file system type LUSTRE.`)
}

/** FSx for Lustre's default quota for an account and region. */
const MOST = 100

function limitExceeded(): AwsError {
  const message = `You have reached the maximum of ${MOST} file systems.`
  return new AwsError('ServiceLimitExceeded', message, 400, { Limit: 'FILE_SYSTEM_COUNT' })
}

const SHAPE = members(
  {
    FileSystemType: oneOf('WINDOWS', 'LUSTRE', 'ONTAP', 'OPENZFS'),
    SubnetIds: listOf(text({ max: 24, min: 15, pattern: /^(subnet-[0-9a-f]{8,})$/ }), { max: 50 }),
  },
  {
    ClientRequestToken: TOKEN,
    StorageCapacity: integer({ most: 2_147_483_647, least: 0 }),
    StorageType: oneOf('SSD', 'HDD', 'INTELLIGENT_TIERING'),
    SecurityGroupIds: listOf(text({ max: 20, min: 11, pattern: /^(sg-[0-9a-f]{8,})$/ }), { max: 50 }),
    Tags: TAGS,
    KmsKeyId: text({ max: 2048, min: 1 }),
    LustreConfiguration: LUSTRE_CONFIGURATION,
    FileSystemTypeVersion: text({ max: 20, min: 1, pattern: /^[0-9](.[0-9]*)*$/ }),
    NetworkType: oneOf('IPV4', 'DUAL'),
  },
)
