import type { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue } from '../errors.ts'
import type { RequestedInterface } from '../input/launch-data.ts'
import type { InstanceType } from '../state/instance-types.ts'
import type { NetworkInterface } from '../state/interface.ts'
import { refuseAddress } from '../state/network.ts'
import type { Subnet } from '../state/network.ts'
import { chooseGroups } from './choose-groups.ts'
import { refuseLimits } from './interface-limits.ts'
import type { LaunchRequest } from './request.ts'

export interface PlannedInterface {
  readonly deviceIndex: number
  readonly cardIndex: number
  readonly type: NetworkInterface['type']
  readonly groupIds: readonly string[]
  readonly description: string
  readonly deleteOnTermination: boolean
  readonly privateIp: string | undefined
  readonly publicIp: boolean
}

/** The interfaces of one instance, the primary one first, checked against what the type has room for. */
export function planInterfaces(
  request: LaunchRequest,
  type: InstanceType,
  subnet: Subnet,
  context: Ec2Call,
): readonly PlannedInterface[] {
  const { data } = request
  const asked = data.NetworkInterface ?? []
  if (asked.length === 0) {
    const groupIds = chooseGroups(data.SecurityGroupId, data.SecurityGroup, subnet.vpcId, context)
    const privateIp = request.privateIp
    refuseAddresses(privateIp === undefined ? [] : [privateIp], subnet)
    return [
      {
        deviceIndex: 0,
        cardIndex: 0,
        type: 'interface',
        groupIds,
        description: '',
        deleteOnTermination: true,
        privateIp,
        publicIp: subnet.mapPublicIp,
      },
    ]
  }
  refuseMixed(request)
  refuseShape(asked)
  refuseLimits(asked, type)
  refuseAddresses(
    asked.flatMap((one) => one.PrivateIpAddress ?? []),
    subnet,
  )
  return asked
    .map((one): PlannedInterface => ({
      deviceIndex: one.DeviceIndex ?? 0,
      cardIndex: one.NetworkCardIndex ?? 0,
      type: one.InterfaceType ?? 'interface',
      groupIds: chooseGroups(one.SecurityGroupId, undefined, subnet.vpcId, context),
      description: one.Description ?? '',
      // What a launch makes goes with the instance, unless the request says otherwise.
      deleteOnTermination: one.DeleteOnTermination ?? true,
      privateIp: one.PrivateIpAddress,
      // The subnet's word holds for launches with one interface only (model: AssociatePublicIpAddress).
      publicIp: asked.length === 1 && (one.AssociatePublicIpAddress ?? subnet.mapPublicIp),
    }))
    .toSorted((a, b) => a.cardIndex - b.cardIndex || a.deviceIndex - b.deviceIndex)
}

/** With interfaces, network settings belong to them. A fleet's override may name the subnet all the same. */
function refuseMixed({ data, subnetId, fleetId, privateIp }: LaunchRequest): void {
  if (subnetId !== undefined && fleetId === null) throw mixed('subnet ID')
  if ((data.SecurityGroupId ?? data.SecurityGroup ?? []).length > 0) throw mixed('security groups')
  if (privateIp !== undefined) throw mixed('private address')
}

const mixed = (what: string): AwsError =>
  invalidCombination(`Network interfaces and an instance-level ${what} may not be specified on the same request`)

function refuseShape(asked: readonly RequestedInterface[]): void {
  const places = new Set<string>()
  for (const one of asked) {
    if (one.DeviceIndex === undefined) throw invalidValue('Each network interface requires a device index.')
    const place = `${one.NetworkCardIndex ?? 0}/${one.DeviceIndex}`
    if (places.has(place)) throw invalidValue('Each network interface requires a unique device index.')
    places.add(place)
    if (one.AssociatePublicIpAddress !== undefined && asked.length > 1)
      throw invalidCombination(
        'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
      )
    if (
      one.InterfaceType === 'efa-only' &&
      (one.AssociatePublicIpAddress === true || one.PrivateIpAddress !== undefined)
    )
      throw invalidValue("Network interfaces of type 'efa-only' do not support IP addresses.")
  }
  const primary = asked.find((one) => one.DeviceIndex === 0 && (one.NetworkCardIndex ?? 0) === 0)
  if (primary === undefined)
    throw invalidCombination('A network interface with device index 0 on network card 0 must be specified.')
  if (primary.InterfaceType === 'efa-only')
    throw invalidValue("The primary network interface cannot be of type 'efa-only'.")
}

/** Looked at before anything is made, so that a launch is never left half done. */
function refuseAddresses(wanted: readonly string[], subnet: Subnet): void {
  if (new Set(wanted).size < wanted.length) throw invalidValue('Each network interface requires an address of its own.')
  for (const address of wanted) refuseAddress(subnet, address)
}
