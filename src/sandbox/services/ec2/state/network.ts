import { AwsError } from '../../../aws-error.ts'
import { contains, dotted, numeric, parseCidr, sizeOf } from './cidr.ts'
import { newId, resource } from './resource.ts'
import type { Resource } from './resource.ts'
import type { Zone } from './zones.ts'

/** A network of the region. Every region starts with the default one, as a new account does. */
export interface Vpc extends Resource {
  readonly kind: 'vpc'
  readonly cidrBlock: string
  readonly isDefault: boolean
  dnsSupport: boolean
  dnsHostnames: boolean
}

export interface Subnet extends Resource {
  readonly kind: 'subnet'
  readonly vpcId: string
  readonly zone: Zone
  readonly cidrBlock: string
  readonly defaultForZone: boolean
  readonly addresses: AddressRange
  mapPublicIp: boolean
}

/** Addresses of a subnet. They are given in order and come round again only at the end, so that none is soon somebody else's. */
export interface AddressRange {
  readonly first: number
  readonly count: number
  readonly used: Set<number>
  next: number
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html: a /16 with a /20 a zone, whose launches get public addresses. */
const DEFAULT_VPC_CIDR = '172.31.0.0/16'
const DEFAULT_SUBNET_PREFIX = 20

export function defaultVpc(id: string, now: number): Vpc {
  return {
    ...resource('vpc', id, now),
    cidrBlock: DEFAULT_VPC_CIDR,
    isDefault: true,
    dnsSupport: true,
    dnsHostnames: true,
  }
}

/** One /20 a zone: 172.31.0.0, 172.31.16.0, and so on. */
export function defaultSubnet(id: string, vpcId: string, zone: Zone, index: number, now: number): Subnet {
  const base = numeric('172.31.0.0') + index * 2 ** (32 - DEFAULT_SUBNET_PREFIX)
  return {
    ...subnetOf({ id, vpcId, zone, cidrBlock: `${dotted(base)}/${DEFAULT_SUBNET_PREFIX}` }, now),
    defaultForZone: true,
    mapPublicIp: true,
  }
}

/** A subnet as CreateSubnet makes it. EC2 keeps the first four addresses of a subnet and the last one. */
export function subnetOf(
  { id = newId('subnet-'), ...place }: Pick<Subnet, 'vpcId' | 'zone' | 'cidrBlock'> & { readonly id?: string },
  now: number,
  tags?: ReadonlyMap<string, string>,
): Subnet {
  const range = parseCidr(place.cidrBlock)
  if (range === undefined) throw new Error(`no CIDR block: ${place.cidrBlock}`)
  return {
    ...resource('subnet', id, now, tags),
    ...place,
    defaultForZone: false,
    addresses: { first: range.base + 4, count: sizeOf(range) - 5, used: new Set(), next: 0 },
    mapPublicIp: false,
  }
}

/** How many bits of a node's address are the network's: what lies in the VPC is on the link. */
export const prefixLengthOf = ({ cidrBlock }: Vpc): number => parseCidr(cidrBlock)?.length ?? 16

/** Whether an address lies in a CIDR block. */
export function isWithin(cidrBlock: string, address: string): boolean {
  const range = parseCidr(cidrBlock)
  return range !== undefined && contains(range, { base: numeric(address), length: 32 })
}

export const freeAddresses = (subnet: Subnet): number => subnet.addresses.count - subnet.addresses.used.size

/** Whether the subnet could give the address. */
export function holds({ addresses }: Subnet, address: string): boolean {
  const number = numeric(address)
  return number >= addresses.first && number < addresses.first + addresses.count
}

/** Throws where an address that somebody asks for is not the subnet's, or taken. */
export function refuseAddress(subnet: Subnet, wanted: string): void {
  if (!holds(subnet, wanted))
    throw new AwsError('InvalidParameterValue', `Address ${wanted} does not fall within the subnet's address range`)
  if (subnet.addresses.used.has(numeric(wanted)))
    throw new AwsError('InvalidIPAddress.InUse', `Address ${wanted} is in use.`)
}

/** Takes the next free address, or the one asked for. */
export function takeAddress(subnet: Subnet, wanted?: string): string {
  const range = subnet.addresses
  if (wanted !== undefined) {
    refuseAddress(subnet, wanted)
    range.used.add(numeric(wanted))
    return wanted
  }
  for (let tries = 0; tries < range.count; tries += 1) {
    const number = range.first + ((range.next + tries) % range.count)
    if (range.used.has(number)) continue
    range.next = (range.next + tries + 1) % range.count
    range.used.add(number)
    return dotted(number)
  }
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  )
}

export function giveAddressBack(subnet: Subnet, address: string): void {
  subnet.addresses.used.delete(numeric(address))
}

/** `ip-172-31-5-7.ec2.internal` in us-east-1, `….<region>.compute.internal` elsewhere. */
export function hostnameOf(region: string, address: string): string {
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`
  return `ip-${address.replaceAll('.', '-')}.${domain}`
}

/** `ec2-198-18-0-1.compute-1.amazonaws.com` in us-east-1, `….<region>.compute.amazonaws.com` elsewhere. */
export function publicNameOf(region: string, address: string): string {
  const domain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`
  return `ec2-${address.replaceAll('.', '-')}.${domain}.amazonaws.com`
}
