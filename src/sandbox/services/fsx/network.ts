import { AwsError } from '../../aws-error.ts'
import type { World } from '../../world.ts'
import { badRequest } from './input.ts'
import type { FileSystem } from './state/file-system.ts'

type Place = Pick<FileSystem, 'vpcId' | 'subnetId' | 'interfaces'>

/**
 * Where the file system will be: one subnet, and security groups of its network through which Lustre passes. The returned
 * function makes the network interfaces; they keep the security groups from being deleted until the file system is gone.
 * Throws InvalidNetworkSettings, or BadRequest for more or fewer than one subnet.
 */
export function chooseNetwork(
  { directories: { networks } }: World,
  region: string,
  subnetIds: readonly string[],
  groupIds: readonly string[],
  { capacityGiB, efa }: { readonly capacityGiB: number | null; readonly efa: boolean },
): (fileSystemId: string) => Place {
  const [subnetId] = subnetIds
  if (subnetId === undefined || subnetIds.length > 1) {
    throw badRequest(`A Lustre file system takes exactly one subnet ID, not ${subnetIds.length}.`)
  }
  const subnet = networks?.subnet(region, subnetId)
  if (!networks || !subnet) throw invalid(`The subnet ID '${subnetId}' does not exist`, { InvalidSubnetId: subnetId })
  const groups = groupIds.map((groupId) => {
    const group = networks.securityGroup(region, groupId)
    if (group?.vpcId === subnet.vpcId) return group
    const why = group ? `is not of the network ${subnet.vpcId}` : 'does not exist'
    throw invalid(`The security group ID '${groupId}' ${why}`, { InvalidSecurityGroupId: groupId })
  })
  // Without groups it is the network's default group, which lets all of its members talk to each other.
  if (groups.length > 0 && !groups.some((group) => group.allowsLustre())) throw invalid(NO_LUSTRE, {})
  if (efa && groups.length > 0 && !groups.some((group) => group.allowsAllOfItself())) throw invalid(NO_EFA, {})
  return (fileSystemId) => {
    const made: Place['interfaces'][number][] = []
    try {
      for (let index = 0; index < serversFor(capacityGiB); index += 1) {
        made.push(
          networks.addInterface(region, subnetId, groupIds, `Created by Amazon FSx for file system ${fileSystemId}`),
        )
      }
    } catch (error) {
      for (const each of made) each.remove()
      throw error
    }
    return { vpcId: subnet.vpcId, subnetId, interfaces: made }
  }
}

/** AWS's words (kubernetes-sigs/aws-fsx-csi-driver issue 32). */
const NO_LUSTRE =
  'The file system cannot be created because the default security group in the subnet provided or the provided security groups do not permit Lustre LNET network traffic on port 988'

/** AWS's words, as compiled for this project (2026-09). */
const NO_EFA = 'Insufficient security group permissions to create an EFA-enabled file system'

/** One metadata server, and one object storage server for every 2,400 GiB. */
function serversFor(capacityGiB: number | null): number {
  return 1 + Math.min(49, Math.ceil((capacityGiB ?? 2400) / 2400))
}

function invalid(message: string, fields: Record<string, string>): AwsError {
  return new AwsError('InvalidNetworkSettings', message, 400, fields)
}
