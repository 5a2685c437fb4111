/**
 * AWS's error codes, sorted by what muster does about them. By code, never by text: texts change and are translated.
 * Codes that are missing here are refusals whose text is shown as it is.
 */
const CLASSES = {
  /** No room for it just now: another zone, type or hour may have it. */
  capacity: [
    'InsufficientInstanceCapacity',
    'InsufficientCapacity',
    'InsufficientHostCapacity',
    'InsufficientReservedInstanceCapacity',
    'InsufficientCapacityOnOutpost',
    'InsufficientVolumeCapacity',
    'UnfulfillableCapacity',
    'SpotMaxPriceTooLow',
    'Unsupported',
    // CreateFleet's own code for a type that the zone does not sell.
    'InvalidFleetConfiguration',
    'ReservationCapacityExceeded',
    'InvalidCapacityReservationState.PendingActivation',
    'MaxFleetCountExceeded',
  ],
  /** The subnet has no addresses left: another zone's may have. */
  'network-space': ['InsufficientFreeAddressesInSubnet', 'PrivateIpAddressLimitExceeded'],
  quota: [
    'VcpuLimitExceeded',
    'InstanceLimitExceeded',
    'MaxSpotInstanceCountExceeded',
    'NetworkInterfaceLimitExceeded',
    'VolumeLimitExceeded',
    'PlacementGroupLimitExceeded',
    'VpcLimitExceeded',
    'SubnetLimitExceeded',
    'RouteTableLimitExceeded',
    'InternetGatewayLimitExceeded',
    'NatGatewayLimitExceeded',
    'AddressLimitExceeded',
    'VpcEndpointLimitExceeded',
    'LimitExceeded',
    'LimitExceededException',
    'SecurityGroupLimitExceeded',
    'ResourceCountExceeded',
    'ServiceLimitExceeded',
    'TooManyBuckets',
  ],
  throttle: [
    'RequestLimitExceeded',
    'Client.RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'EC2ThrottledException',
    'BandwidthLimitExceeded',
    'SlowDown',
    'RateExceeded',
  ],
  /** There are no credentials at all; the SDK's own names. */
  'no-credentials': ['CredentialsProviderError', 'TokenProviderError', 'ProviderError'],
  /** There were, and their time is over: a new login brings others. */
  'expired-credentials': ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'],
  /** There are, but AWS does not take them. */
  'bad-credentials': [
    'AuthFailure',
    'InvalidToken',
    'InvalidClientTokenId',
    'InvalidAccessKeyId',
    'UnrecognizedClientException',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'NotSignedUp',
  ],
  'not-allowed': [
    'UnauthorizedOperation',
    'AccessDenied',
    'AccessDeniedException',
    'Forbidden',
    'UnauthorizedException',
  ],
  /** Spot needs a role of its own in the account, which the caller may not make in passing. */
  'no-spot-role': ['AuthFailure.ServiceLinkedRoleCreationNotPermitted'],
  unsupported: ['InvalidAction', 'UnknownOperationException', 'NotImplemented', 'UnknownOperation'],
  /** It does not exist: gone already, or (right after it was made) not to be seen yet. */
  gone: [
    'InvalidInstanceID.NotFound',
    'InvalidGroup.NotFound',
    'InvalidSecurityGroupID.NotFound',
    'InvalidPermission.NotFound',
    'InvalidPlacementGroup.Unknown',
    'InvalidVolume.NotFound',
    'InvalidNetworkInterfaceID.NotFound',
    'InvalidLaunchTemplateId.NotFound',
    'InvalidLaunchTemplateName.NotFoundException',
    'InvalidLaunchTemplateId.VersionNotFound',
    'FileSystemNotFound',
    'DataRepositoryAssociationNotFound',
    'DataRepositoryTaskNotFound',
    'DataRepositoryTaskEnded',
    'InvocationDoesNotExist',
    'InvalidCommandId',
    'InvalidVpcID.NotFound',
    'InvalidSubnetID.NotFound',
    'InvalidInternetGatewayID.NotFound',
    'Gateway.NotAttached',
    'InvalidAllocationID.NotFound',
    'NatGatewayNotFound',
    'InvalidNatGatewayID.NotFound',
    'InvalidRouteTableID.NotFound',
    'InvalidRouteTableId.NotFound',
    'InvalidRoute.NotFound',
    'InvalidVpcEndpointId.NotFound',
    'InvalidVpcEndpoint.NotFound',
    // IAM's SDK names its errors otherwise than the wire does.
    'NoSuchEntity',
    'NoSuchEntityException',
    'NoSuchBucket',
    'NoSuchKey',
    'NoSuchUpload',
    'NoSuchTagSet',
    'ParameterNotFound',
    'NoSuchResourceException',
    'NotFound',
  ],
  duplicate: [
    'InvalidPermission.Duplicate',
    'InvalidGroup.Duplicate',
    'InvalidPlacementGroup.Duplicate',
    'InvalidLaunchTemplateName.AlreadyExistsException',
    'RouteAlreadyExists',
    'Resource.AlreadyAssociated',
    'InvalidSubnet.Conflict',
    'EntityAlreadyExists',
    'EntityAlreadyExistsException',
    'BucketAlreadyOwnedByYou',
  ],
  'in-use': [
    'DependencyViolation',
    'InvalidGroup.InUse',
    'InvalidPlacementGroup.InUse',
    'VolumeInUse',
    'InvalidNetworkInterface.InUse',
    'IncorrectInstanceState',
    'OperationNotPermitted',
    'InvalidIPAddress.InUse',
    'DeleteConflict',
    'DeleteConflictException',
    'DataRepositoryTaskExecuting',
  ],
  /** The node is not (or not yet) one that Run Command reaches. */
  'not-managed': ['InvalidInstanceId', 'InvalidInstanceID'],
  /** The same for Session Manager. */
  'not-connected': ['TargetNotConnected'],
  'unknown-type': ['InvalidInstanceType', 'InvalidInstanceType.NotFound'],
  'no-image': ['InvalidAMIID.NotFound', 'InvalidAMIID.Malformed', 'InvalidAMIID.Unavailable'],
  'bad-network': ['InvalidNetworkSettings'],
  unreachable: [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'EPIPE',
    'EPROTO',
    'TimeoutError',
  ],
} as const

export type AwsErrorClass = keyof typeof CLASSES | 'refused'

const classes: ReadonlyMap<string, AwsErrorClass> = new Map(
  Object.entries(CLASSES).flatMap(([name, codes]) => codes.map((code) => [code, name as AwsErrorClass] as const)),
)

/** What muster does about an error code; `refused` for every code that has no class of its own. */
export function classOfCode(code: string): AwsErrorClass {
  return classes.get(code) ?? 'refused'
}

/** True for what may be there in another zone, or later. */
export function isCapacityCode(code: string): boolean {
  return ['capacity', 'network-space'].includes(classOfCode(code))
}
