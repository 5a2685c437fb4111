import type { Ec2Call } from '../context.ts'
import { STATE_CODES } from '../life/transitions.ts'
import { publicNameOf } from '../state/network.ts'
import type { Instance, InstanceState, MetadataOptions, StateName } from '../state/instance.ts'
import { seen } from '../state/lagged.ts'
import { attachedInterface } from './interface.ts'
import { groupSet } from './group-set.ts'
import { tagSet } from './tags.ts'

export const stateOnWire = (name: StateName): object => ({ code: STATE_CODES[name], name })

/** Which moment of an instance is shown: what is (answers to the caller's own act) or what describe calls see. */
export type Moment = 'current' | 'seen'

export const shownState = (instance: Instance, { horizon }: Ec2Call, moment: Moment): InstanceState =>
  moment === 'current' ? instance.state.current : seen(instance.state, horizon)

/** An instance as RunInstances and DescribeInstances show it. What is terminated has no network and no volumes any more. */
export function instanceOnWire(instance: Instance, context: Ec2Call, moment: Moment = 'seen'): object {
  const state = shownState(instance, context, moment)
  const tags = moment === 'current' ? instance.tags.current : seen(instance.tags, context.horizon)
  const gone = state.name === 'terminated'
  return {
    instanceId: instance.id,
    imageId: instance.image.id,
    instanceState: stateOnWire(state.name),
    privateDnsName: gone ? '' : instance.hostname,
    ...publicOnWire(instance, state.name),
    reason: state.transition,
    ...(state.reason === null ? {} : { stateReason: state.reason }),
    amiLaunchIndex: instance.launchIndex,
    productCodes: [],
    instanceType: instance.type.InstanceType,
    launchTime: new Date(instance.launchedAt),
    placement: placementOnWire(instance),
    monitoring: { state: instance.monitoring ? 'enabled' : 'disabled' },
    ...(gone ? {} : networkOnWire(instance, context)),
    architecture: instance.image.architecture,
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDeviceName,
    blockDeviceMapping: instance.volumes.map(attachedVolume),
    virtualizationType: 'hvm',
    clientToken: instance.clientToken ?? '',
    tagSet: tagSet(tags),
    hypervisor: 'xen',
    networkInterfaceSet: gone ? [] : instance.interfaces.map((one) => attachedInterface(one, context)),
    ebsOptimized: instance.ebsOptimized,
    ...(instance.image.enaSupport ? { enaSupport: true } : {}),
    ...purchaseOnWire(instance),
    ...(instance.profile === null
      ? {}
      : { iamInstanceProfile: { arn: instance.profile.arn, id: instance.profile.id } }),
    cpuOptions: { coreCount: instance.cpu.cores, threadsPerCore: instance.cpu.threadsPerCore },
    ...reservationOnWire(instance),
    hibernationOptions: { configured: false },
    metadataOptions: metadataOptionsOnWire(instance.metadataOptions),
    enclaveOptions: { enabled: false },
    bootMode: instance.image.bootMode,
    platformDetails: 'Linux/UNIX',
    usageOperation: 'RunInstances',
    usageOperationUpdateTime: new Date(instance.createdAt),
    privateDnsNameOptions: {
      hostnameType: 'ip-name',
      enableResourceNameDnsARecord: false,
      enableResourceNameDnsAAAARecord: false,
    },
    maintenanceOptions: { autoRecovery: 'default' },
    currentInstanceBootMode: bootedMode(instance),
  }
}

export const metadataOptionsOnWire = (options: MetadataOptions): object => ({ state: 'applied', ...options })

function placementOnWire({ subnet, placementGroup, partition }: Instance): object {
  return {
    availabilityZone: subnet.zone.name,
    availabilityZoneId: subnet.zone.id,
    groupName: placementGroup?.name ?? '',
    ...(placementGroup === null ? {} : { groupId: placementGroup.id }),
    ...(partition === null ? {} : { partitionNumber: partition }),
    tenancy: 'default',
  }
}

function networkOnWire(instance: Instance, { region }: Ec2Call): object {
  const [primary] = instance.interfaces
  return {
    subnetId: instance.subnet.id,
    vpcId: instance.subnet.vpcId,
    privateIpAddress: instance.privateIp,
    sourceDestCheck: primary?.sourceDestCheck ?? true,
    groupSet: primary === undefined ? [] : groupSet(primary.groupIds.current, region),
  }
}

/** A target stands in the place of a preference. */
function reservationOnWire({ reservation, reservationAsked: { preference, targetId } }: Instance): object {
  return {
    ...(reservation === null ? {} : { capacityReservationId: reservation.id }),
    ...(reservation?.blockId == null ? {} : { capacityBlockId: reservation.blockId }),
    capacityReservationSpecification:
      targetId === null
        ? { capacityReservationPreference: preference }
        : { capacityReservationTarget: { capacityReservationId: targetId } },
  }
}

/** On-demand instances have no lifecycle at all on the wire. */
function purchaseOnWire({ purchase, spotRequestId }: Instance): object {
  return {
    ...(purchase === 'on-demand' ? {} : { instanceLifecycle: purchase }),
    ...(spotRequestId === null ? {} : { spotInstanceRequestId: spotRequestId }),
  }
}

function attachedVolume({ id, attachment }: Instance['volumes'][number]): object {
  return {
    deviceName: attachment?.device ?? '',
    ebs: {
      volumeId: id,
      status: 'attached',
      attachTime: new Date(attachment?.attachedAt ?? 0),
      deleteOnTermination: attachment?.deleteOnTermination ?? true,
    },
  }
}

/** A stopped instance has no public address; it gets another when it starts, here the same. */
export const shownPublicIp = (instance: Instance, state: StateName): string | undefined =>
  state === 'stopped' ? undefined : (instance.interfaces[0]?.publicIp ?? undefined)

export function shownPublicName(instance: Instance, state: StateName): string {
  const publicIp = shownPublicIp(instance, state)
  return publicIp === undefined ? '' : publicNameOf(instance.region, publicIp)
}

function publicOnWire(instance: Instance, state: StateName): object {
  const ipAddress = shownPublicIp(instance, state)
  return { dnsName: shownPublicName(instance, state), ...(ipAddress === undefined ? {} : { ipAddress }) }
}

/** An image that prefers UEFI boots so where the type can (EC2 user guide, instance-boot-mode.html). */
export function bootedMode({ image, type }: Instance): string {
  if (image.bootMode !== 'uefi-preferred') return image.bootMode
  return type.SupportedBootModes?.includes('uefi') === true ? 'uefi' : 'legacy-bios'
}
