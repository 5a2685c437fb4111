import { tagsSeen } from './context.ts'
import type { Ec2Call } from './context.ts'
import { absent } from './input/filters.ts'
import type { FilterTable } from './input/filters.ts'
import { addressOwner, interfaceFilters, publicNameOfInterface } from './interface-filters.ts'
import { STATE_CODES } from './life/transitions.ts'
import { bootedMode, shownPublicIp, shownPublicName } from './render/instance.ts'
import type { Instance } from './state/instance.ts'
import type { NetworkInterface } from './state/interface.ts'
import { seen } from './state/lagged.ts'
import { hostnameOf } from './state/network.ts'

/** DescribeInstances' filters (botocore's ec2 model); those of what no instance here can have match nothing. */
export function instanceFilters(context: Ec2Call): FilterTable<Instance> {
  const { horizon, region, world } = context
  const state = (instance: Instance) => seen(instance.state, horizon)
  /** What is terminated has let go of its network. */
  const live =
    <T>(read: (instance: Instance) => T) =>
    (instance: Instance): T | undefined =>
      state(instance).name === 'terminated' ? undefined : read(instance)
  const groupIds = live((instance) => instance.interfaces[0]?.groupIds.current ?? [])
  const groupNames = live((instance) =>
    (instance.interfaces[0]?.groupIds.current ?? []).map((id) => region.securityGroups.get(id)?.name),
  )
  return {
    ...absent(...ABSENT),
    ...ofInterfaces(context, live),
    architecture: (instance) => instance.image.architecture,
    'availability-zone': (instance) => instance.subnet.zone.name,
    'availability-zone-id': (instance) => instance.subnet.zone.id,
    'block-device-mapping.attach-time': (instance) =>
      instance.volumes.map((one) => (one.attachment === null ? null : new Date(one.attachment.attachedAt))),
    'block-device-mapping.delete-on-termination': (instance) =>
      instance.volumes.map((one) => one.attachment?.deleteOnTermination),
    'block-device-mapping.device-name': (instance) => instance.volumes.map((one) => one.attachment?.device),
    'block-device-mapping.status': (instance) => instance.volumes.map(() => 'attached'),
    'block-device-mapping.volume-id': (instance) => instance.volumes.map((one) => one.id),
    'boot-mode': (instance) => instance.image.bootMode,
    'capacity-reservation-id': (instance) => instance.reservation?.id,
    'capacity-reservation-specification.capacity-reservation-preference': ({
      reservationAsked: { preference, targetId },
    }) => (targetId === null ? preference : undefined),
    'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id': (instance) =>
      instance.reservationAsked.targetId,
    'client-token': (instance) => instance.clientToken,
    'current-instance-boot-mode': bootedMode,
    'dns-name': live((instance) => shownPublicName(instance, state(instance).name)),
    'ebs-optimized': (instance) => instance.ebsOptimized,
    'ena-support': (instance) => instance.image.enaSupport,
    'enclave-options.enabled': () => false,
    'group-id': groupIds,
    'group-name': groupNames,
    'hibernation-options.configured': () => false,
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': (instance) => instance.profile?.arn,
    'iam-instance-profile.id': (instance) => instance.profile?.id,
    'image-id': (instance) => instance.image.id,
    'instance-id': (instance) => instance.id,
    'instance-lifecycle': (instance) => (instance.purchase === 'on-demand' ? undefined : instance.purchase),
    'instance-state-code': (instance) => STATE_CODES[state(instance).name],
    'instance-state-name': (instance) => state(instance).name,
    'instance-type': (instance) => instance.type.InstanceType,
    'instance.group-id': groupIds,
    'instance.group-name': groupNames,
    'ip-address': live((instance) => shownPublicIp(instance, state(instance).name)),
    'key-name': () => undefined,
    'launch-index': (instance) => instance.launchIndex,
    'launch-time': (instance) => new Date(instance.launchedAt),
    'maintenance-options.auto-recovery': () => 'default',
    'metadata-options.http-endpoint': (instance) => instance.metadataOptions.httpEndpoint,
    'metadata-options.http-protocol-ipv4': () => 'enabled',
    'metadata-options.http-protocol-ipv6': (instance) => instance.metadataOptions.httpProtocolIpv6,
    'metadata-options.http-put-response-hop-limit': (instance) => instance.metadataOptions.httpPutResponseHopLimit,
    'metadata-options.http-tokens': (instance) => instance.metadataOptions.httpTokens,
    'metadata-options.instance-metadata-tags': (instance) => instance.metadataOptions.instanceMetadataTags,
    'metadata-options.state': () => 'applied',
    'monitoring-state': (instance) => (instance.monitoring ? 'enabled' : 'disabled'),
    'operator.managed': () => false,
    'owner-id': () => world.account,
    'placement-group-name': (instance) => instance.placementGroup?.name,
    'placement-partition-number': (instance) => instance.partition,
    platform: () => undefined,
    'platform-details': () => 'Linux/UNIX',
    'private-dns-name': live((instance) => instance.hostname),
    'private-dns-name-options.enable-resource-name-dns-a-record': () => false,
    'private-dns-name-options.enable-resource-name-dns-aaaa-record': () => false,
    'private-dns-name-options.hostname-type': () => 'ip-name',
    'private-ip-address': live((instance) => instance.privateIp),
    reason: (instance) => state(instance).transition,
    'reservation-id': (instance) => instance.reservationId,
    'root-device-name': (instance) => instance.rootDeviceName,
    'root-device-type': () => 'ebs',
    'source-dest-check': live((instance) => instance.interfaces[0]?.sourceDestCheck),
    'spot-instance-request-id': (instance) => instance.spotRequestId,
    'state-reason-code': (instance) => state(instance).reason?.code,
    'state-reason-message': (instance) => state(instance).reason?.message,
    'subnet-id': live((instance) => instance.subnet.id),
    tenancy: () => 'default',
    'usage-operation': () => 'RunInstances',
    'usage-operation-update-time': (instance) => new Date(instance.createdAt),
    'virtualization-type': () => 'hvm',
    'vpc-id': live((instance) => instance.subnet.vpcId),
  }
}

const ABSENT = [
  'affinity',
  'capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn',
  'host-id',
  'ipv6-address',
  'kernel-id',
  'network-performance-options.bandwidth-weighting',
  'operator.principal',
  'outpost-arn',
  'product-code',
  'product-code.type',
  'ramdisk-id',
  'requester-id',
  'tpm-support',
]

type Live = <T>(read: (instance: Instance) => T) => (instance: Instance) => T | undefined

/** `network-interface.` before what DescribeNetworkInterfaces knows, and the names that only instances have. */
function ofInterfaces(context: Ec2Call, live: Live): FilterTable<Instance> {
  const tags = tagsSeen(context)
  const own: FilterTable<NetworkInterface> = {
    ...absent(...ABSENT_OF_INTERFACES),
    ...interfaceFilters(context),
    'addresses.private-dns-name': (one) =>
      one.privateIp === null ? null : hostnameOf(context.region.name, one.privateIp),
    'addresses.association.ip-owner-id': addressOwner,
    'addresses.association.public-dns-name': (one) => publicNameOfInterface(one, context.region.name),
    'deny-all-igw-traffic': () => false,
    'ipv6-native': () => false,
    'tag-key': (one) => [...tags(one).keys()],
    'tag-value': (one) => [...tags(one).values()],
  }
  return Object.fromEntries(
    Object.entries(own).map(([name, read]) => [
      `network-interface.${name}`,
      live((instance) => instance.interfaces.flatMap((one) => read(one))),
    ]),
  )
}

const ABSENT_OF_INTERFACES = [
  ...['allocation-id', 'association-id', 'carrier-ip', 'customer-owned-ip'].flatMap((name) => [
    `addresses.association.${name}`,
    `association.${name}`,
  ]),
  'ipv4-prefixes.ipv4-prefix',
  'ipv6-address',
  'ipv6-addresses.is-primary-ipv6',
  'ipv6-prefixes.ipv6-prefix',
  'outpost-arn',
  'public-dns-name',
]
