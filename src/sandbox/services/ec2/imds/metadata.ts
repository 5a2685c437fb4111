import type { World } from '../../../world.ts'
import type { Instance } from '../state/instance.ts'
import { identityDocument } from './identity-document.ts'
import type { Folder, Node } from './node.ts'
import { networkFolder } from './network.ts'
import { roleFolder } from './role.ts'

/**
 * The instance metadata tree as IMDS serves it below `/latest/`. A folder answers with its members, one a line, folders
 * with a slash at the end; what is not there is undefined (a 404). Categories:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html (compiled facts, 2026-09).
 */
export function metadata(path: string, instance: Instance, world: World): string | undefined {
  if (instance.metadataOptions.httpEndpoint === 'disabled') return undefined
  let at: Node | undefined = treeOf(instance, world)
  for (const step of path.split('/').filter((part) => part !== '')) {
    if (at === undefined || typeof at !== 'object' || !Object.hasOwn(at, step)) return undefined
    at = at[step]
  }
  if (typeof at === 'function') return at()
  return typeof at === 'object' ? listing(at) : at
}

function listing(folder: Folder): string {
  return Object.entries(folder)
    .filter(([, node]) => node !== undefined)
    .map(([name, node]) => (typeof node === 'object' ? `${name}/` : name))
    .join('\n')
}

function treeOf(instance: Instance, world: World): Folder {
  return {
    dynamic: { 'instance-identity': { document: () => identityDocument(instance, world.account) } },
    'meta-data': metaData(instance, world),
    ...(instance.userData === null ? {} : { 'user-data': Buffer.from(instance.userData).toString() }),
  }
}

function metaData(instance: Instance, world: World): Folder {
  const { subnet, profile } = instance
  return {
    'ami-id': instance.image.id,
    'ami-launch-index': String(instance.launchIndex),
    hostname: instance.hostname,
    iam: profile === null ? undefined : roleFolder(instance, profile, world),
    'instance-action': 'none',
    'instance-id': instance.id,
    'instance-life-cycle': instance.purchase,
    'instance-type': instance.type.InstanceType,
    'local-hostname': instance.hostname,
    'local-ipv4': instance.privateIp,
    mac: instance.interfaces[0]?.macAddress,
    'public-ipv4': instance.interfaces[0]?.publicIp ?? undefined,
    network: networkFolder(instance, world.account),
    placement: {
      'availability-zone': subnet.zone.name,
      'availability-zone-id': subnet.zone.id,
      'group-name': instance.placementGroup?.name,
      'partition-number': instance.partition === null ? undefined : String(instance.partition),
      region: instance.region,
    },
    'reservation-id': instance.reservationId,
    services: { domain: 'amazonaws.com', partition: 'aws' },
    tags: instance.metadataOptions.instanceMetadataTags === 'enabled' ? { instance: tagFolder(instance) } : undefined,
    ...interruptionFolders(instance),
  }
}

const tagFolder = (instance: Instance): Folder => Object.fromEntries(instance.tags.current)

/** There only once an interruption is announced, two minutes before it. */
function interruptionFolders({ life }: Instance): Folder {
  if (life.interruption === null) return {}
  const time = seconds(life.interruption.at)
  const noticeTime = seconds(life.interruption.noticedAt)
  return {
    events: { recommendations: { rebalance: JSON.stringify({ noticeTime }) } },
    spot: { 'instance-action': JSON.stringify({ action: 'terminate', time }), 'termination-time': time },
  }
}

const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
