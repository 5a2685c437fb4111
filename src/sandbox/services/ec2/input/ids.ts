import { AwsError } from '../../../aws-error.ts'
import { malformed } from '../errors.ts'

/** The resources that have ids, and how EC2 refuses an id of each: not shaped like one, or shaped like one and unknown. */
interface IdKind {
  readonly prefix: string
  readonly malformed: string
  readonly missing: string
  readonly noun: string
}

export const ID_KINDS = {
  instance: {
    prefix: 'i-',
    malformed: 'InvalidInstanceID.Malformed',
    missing: 'InvalidInstanceID.NotFound',
    noun: 'instance ID',
  },
  subnet: {
    prefix: 'subnet-',
    malformed: 'InvalidSubnetID.Malformed',
    missing: 'InvalidSubnetID.NotFound',
    noun: 'subnet ID',
  },
  'route-table': {
    prefix: 'rtb-',
    malformed: 'InvalidRouteTableId.Malformed',
    missing: 'InvalidRouteTableID.NotFound',
    noun: 'routeTable ID',
  },
  'internet-gateway': {
    prefix: 'igw-',
    malformed: 'InvalidInternetGatewayId.Malformed',
    missing: 'InvalidInternetGatewayID.NotFound',
    noun: 'internetGateway ID',
  },
  natgateway: {
    prefix: 'nat-',
    malformed: 'NatGatewayMalformed',
    missing: 'NatGatewayNotFound',
    noun: 'Nat gateway',
  },
  'elastic-ip': {
    prefix: 'eipalloc-',
    malformed: 'InvalidAllocationID.Malformed',
    missing: 'InvalidAllocationID.NotFound',
    noun: 'allocation ID',
  },
  'vpc-endpoint': {
    prefix: 'vpce-',
    malformed: 'InvalidVpcEndpointId.Malformed',
    missing: 'InvalidVpcEndpointId.NotFound',
    noun: 'Vpc Endpoint Id',
  },
  'network-acl': {
    prefix: 'acl-',
    malformed: 'InvalidNetworkAclId.Malformed',
    missing: 'InvalidNetworkAclID.NotFound',
    noun: 'networkAcl ID',
  },
  vpc: { prefix: 'vpc-', malformed: 'InvalidVpcID.Malformed', missing: 'InvalidVpcID.NotFound', noun: 'vpc ID' },
  'security-group': {
    prefix: 'sg-',
    malformed: 'InvalidGroupId.Malformed',
    missing: 'InvalidGroup.NotFound',
    noun: 'security group',
  },
  'network-interface': {
    prefix: 'eni-',
    malformed: 'InvalidNetworkInterfaceId.Malformed',
    missing: 'InvalidNetworkInterfaceID.NotFound',
    noun: 'network interface ID',
  },
  volume: { prefix: 'vol-', malformed: 'InvalidVolumeID.Malformed', missing: 'InvalidVolume.NotFound', noun: 'volume' },
  image: { prefix: 'ami-', malformed: 'InvalidAMIID.Malformed', missing: 'InvalidAMIID.NotFound', noun: 'image id' },
  snapshot: {
    prefix: 'snap-',
    malformed: 'InvalidSnapshotID.Malformed',
    missing: 'InvalidSnapshot.NotFound',
    noun: 'snapshot',
  },
  'launch-template': {
    prefix: 'lt-',
    malformed: 'InvalidLaunchTemplateId.Malformed',
    missing: 'InvalidLaunchTemplateId.NotFound',
    noun: 'launch template ID',
  },
  'placement-group': {
    prefix: 'pg-',
    malformed: 'InvalidPlacementGroupId.Malformed',
    missing: 'InvalidPlacementGroup.Unknown',
    noun: 'placement group',
  },
  fleet: {
    prefix: 'fleet-',
    malformed: 'InvalidFleetId.Malformed',
    missing: 'InvalidFleetId.NotFound',
    noun: 'fleet ID',
  },
  'spot-instances-request': {
    prefix: 'sir-',
    malformed: 'InvalidSpotInstanceRequestID.Malformed',
    missing: 'InvalidSpotInstanceRequestID.NotFound',
    noun: 'spot instance request ID',
  },
  'capacity-reservation': {
    prefix: 'cr-',
    malformed: 'InvalidCapacityReservationId.Malformed',
    missing: 'InvalidCapacityReservationId.NotFound',
    noun: 'capacity reservation ID',
  },
  'security-group-rule': {
    prefix: 'sgr-',
    malformed: 'InvalidSecurityGroupRuleId.Malformed',
    missing: 'InvalidSecurityGroupRuleId.NotFound',
    noun: 'security group rule ID',
  },
} as const satisfies Record<string, IdKind>

export type ResourceKind = keyof typeof ID_KINDS

/** Throws where an id could not be one of the kind's. */
export function refuseMalformed(kind: ResourceKind, ids: readonly string[]): void {
  const { prefix, malformed: code } = ID_KINDS[kind]
  for (const id of ids) if (!shaped(id, prefix)) throw malformed(code, id, prefix)
}

/** The whole call fails when one id is unknown; the error names all that are. */
export function findAll<T>(kind: ResourceKind, ids: readonly string[], find: (id: string) => T | undefined): T[] {
  refuseMalformed(kind, ids)
  const found = ids.map((id) => ({ id, item: find(id) }))
  const missing = found.filter(({ item }) => item === undefined).map(({ id }) => id)
  if (missing.length > 0) throw unknownIds(kind, missing)
  return found.flatMap(({ item }) => (item === undefined ? [] : [item]))
}

export function unknownIds(kind: ResourceKind, ids: readonly string[]): AwsError {
  const { missing, noun } = ID_KINDS[kind]
  const names = ids.join(', ')
  // EC2 writes brackets around image ids.
  if (kind === 'image')
    return new AwsError(
      missing,
      `The ${noun}${ids.length > 1 ? 's' : ''} '[${names}]' ${ids.length > 1 ? 'do' : 'does'} not exist`,
    )
  if (kind === 'natgateway') return new AwsError(missing, `NAT gateway ${names} was not found`)
  return new AwsError(
    missing,
    ids.length > 1 ? `The ${noun}s '${names}' do not exist` : `The ${noun} '${names}' does not exist`,
  )
}

const shaped = (id: string, prefix: string): boolean =>
  id.startsWith(prefix) &&
  /^[0-9a-f-]{8,36}$/.test(id.slice(prefix.length)) &&
  (prefix === 'fleet-' || !id.slice(prefix.length).includes('-'))
