import { decimal, flag, integer, oneOf, text, time } from './leaves.ts'
import { anything, list, record, unimplemented } from './shape.ts'
import type { Parsed } from './shape.ts'
import { tagSpecifications } from './tags.ts'

/**
 * What a launch may say: the parameters that RunInstances and launch templates share (botocore's RunInstancesRequest and
 * RequestLaunchTemplateData). `anything` is taken and shown again where it has no effect on a sandbox's instance.
 */
const ebs = record({
  AvailabilityZone: unimplemented,
  AvailabilityZoneId: unimplemented,
  DeleteOnTermination: flag,
  Encrypted: flag,
  Iops: integer(100, 256_000),
  KmsKeyId: text,
  OutpostArn: unimplemented,
  SnapshotId: text,
  Throughput: integer(125, 2000),
  VolumeInitializationRate: integer(100, 300),
  VolumeSize: integer(1, 65_536),
  VolumeType: oneOf('standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1'),
  EbsCardIndex: integer(0),
})

export const blockDevices = list(record({ DeviceName: text, VirtualName: text, NoDevice: text, Ebs: ebs }))

const networkInterfaces = list(
  record({
    AssociateCarrierIpAddress: unimplemented,
    AssociatePublicIpAddress: flag,
    ConnectionTrackingSpecification: record({
      TcpEstablishedTimeout: integer(60, 432_000),
      UdpStreamTimeout: integer(60, 180),
      UdpTimeout: integer(30, 60),
    }),
    DeleteOnTermination: flag,
    Description: text,
    DeviceIndex: integer(0),
    EnaQueueCount: integer(1),
    EnaSrdSpecification: record({
      EnaSrdEnabled: flag,
      EnaSrdUdpSpecification: record({ EnaSrdUdpEnabled: flag }),
    }),
    InterfaceType: oneOf('interface', 'efa', 'efa-only'),
    Ipv4Prefix: unimplemented,
    Ipv4PrefixCount: unimplemented,
    Ipv6AddressCount: unimplemented,
    Ipv6Addresses: unimplemented,
    Ipv6Prefix: unimplemented,
    Ipv6PrefixCount: unimplemented,
    NetworkCardIndex: integer(0),
    NetworkInterfaceId: unimplemented,
    PrimaryIpv6: unimplemented,
    PrivateIpAddress: text,
    PrivateIpAddresses: unimplemented,
    SecondaryPrivateIpAddressCount: unimplemented,
    SecurityGroupId: list(text),
    SubnetId: text,
  }),
)

/** Members that only some requests refuse (CreateFleet's overrides take few of them) are refused there. */
export const placement = record({
  Affinity: unimplemented,
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  GroupId: text,
  GroupName: text,
  HostId: unimplemented,
  HostResourceGroupArn: unimplemented,
  PartitionNumber: integer(1, 7),
  SpreadDomain: anything,
  Tenancy: oneOf('default', 'dedicated', 'host'),
})

export const metadataOptionFields = {
  HttpEndpoint: oneOf('enabled', 'disabled'),
  HttpProtocolIpv6: oneOf('enabled', 'disabled'),
  HttpPutResponseHopLimit: integer(1, 64),
  HttpTokens: oneOf('optional', 'required'),
  InstanceMetadataTags: oneOf('enabled', 'disabled'),
}

const marketOptions = record({
  MarketType: oneOf('spot', 'capacity-block', 'interruptible-capacity-reservation'),
  SpotOptions: record({
    BlockDurationMinutes: integer(),
    InstanceInterruptionBehavior: oneOf('hibernate', 'stop', 'terminate'),
    MaxPrice: decimal,
    SpotInstanceType: oneOf('one-time', 'persistent'),
    ValidUntil: time,
  }),
})

export const iamInstanceProfile = record({ Arn: text, Name: text })

export const launchFields = {
  BlockDeviceMapping: blockDevices,
  CapacityReservationSpecification: record({
    CapacityReservationPreference: oneOf('open', 'none', 'capacity-reservations-only'),
    CapacityReservationTarget: record({
      CapacityReservationId: text,
      CapacityReservationResourceGroupArn: unimplemented,
    }),
  }),
  CpuOptions: record({
    AmdSevSnp: unimplemented,
    CoreCount: integer(1),
    NestedVirtualization: oneOf('enabled', 'disabled'),
    ThreadsPerCore: integer(1, 2),
  }),
  CreditSpecification: anything,
  DisableApiStop: flag,
  DisableApiTermination: flag,
  EbsOptimized: flag,
  ElasticGpuSpecification: unimplemented,
  ElasticInferenceAccelerator: unimplemented,
  EnclaveOptions: record({ Enabled: flag }),
  HibernationOptions: record({ Configured: flag }),
  IamInstanceProfile: iamInstanceProfile,
  ImageId: text,
  InstanceInitiatedShutdownBehavior: oneOf('stop', 'terminate'),
  InstanceMarketOptions: marketOptions,
  InstanceType: text,
  KernelId: unimplemented,
  KeyName: text,
  LicenseSpecification: unimplemented,
  MaintenanceOptions: record({ AutoRecovery: oneOf('default', 'disabled') }),
  MetadataOptions: record(metadataOptionFields),
  Monitoring: record({ Enabled: flag }),
  NetworkInterface: networkInterfaces,
  NetworkPerformanceOptions: record({ BandwidthWeighting: oneOf('default', 'vpc-1', 'ebs-1') }),
  Operator: unimplemented,
  Placement: placement,
  PrivateDnsNameOptions: record({
    EnableResourceNameDnsAAAARecord: flag,
    EnableResourceNameDnsARecord: flag,
    HostnameType: oneOf('ip-name', 'resource-name'),
  }),
  SecondaryInterface: unimplemented,
  SecurityGroup: list(text),
  SecurityGroupId: list(text),
  TagSpecification: tagSpecifications,
  UserData: text,
} as const

export const launchData = record({ ...launchFields, InstanceRequirements: unimplemented, RamDiskId: unimplemented })

export type LaunchData = Parsed<typeof launchFields>
export type RequestedInterface = NonNullable<LaunchData['NetworkInterface']>[number]
export type RequestedDevice = NonNullable<LaunchData['BlockDeviceMapping']>[number]
