import type { ErrorCode } from '../errors/codes.ts'
import { NEEDED_ENDPOINTS, subnetFor, type FleetNetwork, type FleetSubnet } from './fleet-network.ts'

/** What nodes need of a network. */
export interface NetworkNeeds {
  /** Nodes that are to be launched; 0 where the fleet is up. */
  readonly nodes: number
  /** Interfaces of a node, and how many of them have an address. */
  readonly interfaces: number
  readonly addresses: number
  readonly efa: boolean
  /** Zones that offer the type. */
  readonly zones: readonly string[]
}

export type NetworkFit = { readonly zones: readonly string[] } | { readonly refusal: NetworkRefusal }

export interface NetworkRefusal {
  readonly code: ErrorCode
  readonly message: string
  readonly suggestions: readonly string[]
}

/**
 * The zones, in the order given, in which a fleet can be launched into the network; or why there is none. An existing network is
 * never changed, so everything that nodes would fail for later is refused here.
 */
export function fitNetwork(fleet: string, network: FleetNetwork, needs: NetworkNeeds): NetworkFit {
  const groups = groupRefusal(fleet, network, needs)
  if (groups !== null) return { refusal: groups }
  const shared = needs.zones.flatMap((zone) => subnetFor(network, zone) ?? [])
  if (shared.length === 0) return { refusal: elsewhere(fleet, network, needs) }
  const reasons = shared.map((subnet) => [subnet, unfit(network, subnet, needs)] as const)
  const fitting = reasons.filter(([, reason]) => reason === null).map(([subnet]) => subnet.zone)
  if (fitting.length > 0) return { zones: fitting }
  const said = [...Map.groupBy(reasons, ([, reason]) => reason)].map(
    ([reason, subnets]) => `${subnets.map(([{ id, zone }]) => `${id} (${zone})`).join(', ')}: ${reason}`,
  )
  return {
    refusal: {
      code: 'NetworkUnfit',
      message: `fleet ${fleet} cannot be launched in ${network.vpc}: ${said.join('; ')}`,
      suggestions: suggestionsFor(fleet, network),
    },
  }
}

/**
 * Why nodes in this subnet would not work; null where they would. AWS gives a public address to an instance with one interface
 * only (RunInstances, AssociatePublicIpAddress; EC2 User Guide, "Public IPv4 addresses"), so that behind an internet gateway nodes
 * with several interfaces reach nothing.
 */
function unfit(network: FleetNetwork, subnet: FleetSubnet, { nodes, interfaces, addresses }: NetworkNeeds) {
  if (nodes * addresses > subnet.freeAddresses) {
    return `${subnet.freeAddresses} free addresses, ${nodes * addresses} are needed`
  }
  if (subnet.wayOut === 'internet' && !(subnet.givesPublicAddress && interfaces === 1) && !hasEndpoints(network)) {
    return interfaces > 1
      ? `an internet gateway is the only way out, and AWS gives no public address to a node with ${interfaces} interfaces: it needs a NAT gateway, or endpoints (${missing(network)})`
      : `an internet gateway is the only way out, and nodes get no public address: it needs a NAT gateway, or endpoints (${missing(network)})`
  }
  if (subnet.wayOut === 'none' && !hasEndpoints(network)) {
    return `there is no way out: nodes would never register with SSM; it needs a NAT gateway, or endpoints (${missing(network)})`
  }
  return null
}

const missingEndpoints = ({ endpoints }: FleetNetwork) =>
  endpoints === null ? [] : NEEDED_ENDPOINTS.filter((service) => !endpoints.includes(service))
const hasEndpoints = (network: FleetNetwork) => missingEndpoints(network).length === 0
const missing = (network: FleetNetwork) => missingEndpoints(network).join(', ')

function elsewhere(fleet: string, network: FleetNetwork, { zones }: NetworkNeeds): NetworkRefusal {
  const have = [...new Set(network.subnets.map((subnet) => subnet.zone))].toSorted()
  const where = have.length === 0 ? 'no usable subnet' : `subnets in ${have.join(', ')} only`
  return {
    code: 'NetworkUnfit',
    message: `fleet ${fleet} has no zone to be launched in: its type is offered in ${zones.join(', ') || 'none'}, and ${network.vpc} has ${where}`,
    suggestions: suggestionsFor(fleet, network),
  }
}

/** EFA's traffic is judged by group, both ways, by reference: 0.0.0.0/0 does not do (EC2 User Guide, "Get started with EFA", step 1). */
function groupRefusal(fleet: string, { groups, vpc }: FleetNetwork, { efa }: NetworkNeeds): NetworkRefusal | null {
  const stranger = groups?.find((group) => group.vpc !== vpc)
  if (stranger !== undefined) {
    return {
      code: 'NetworkUnfit',
      message: `the security group ${stranger.id} of fleet ${fleet} is in ${stranger.vpc}, its subnets are in ${vpc}`,
      suggestions: [`securityGroups of ${vpc} in fleets.${fleet}.network of muster.yaml`],
    }
  }
  const [first] = groups ?? []
  if (!efa || first === undefined || groups?.some((group) => group.selfIngress && group.selfEgress)) return null
  const permission = `--group-id ${first.id} --ip-permissions 'IpProtocol=-1,UserIdGroupPairs=[{GroupId=${first.id}}]'`
  const lacking = [
    ...(first.selfIngress ? [] : [['inbound, all traffic, from', 'ingress'] as const]),
    ...(first.selfEgress ? [] : [['outbound, all traffic, to', 'egress'] as const]),
  ]
  return {
    code: 'NetworkUnfit',
    message: `fleet ${fleet} wants EFA, and its security group ${first.id} lacks the rule that EFA needs: ${lacking.map(([rule]) => `${rule} ${first.id} itself`).join('; ')}`,
    suggestions: lacking.map(([, way]) => `aws ec2 authorize-security-group-${way} ${permission}`),
  }
}

function suggestionsFor(fleet: string, { origin }: FleetNetwork): string[] {
  if (origin === 'named') return [`other subnets in fleets.${fleet}.network of muster.yaml`, 'muster setup']
  return ['muster setup', `subnets in fleets.${fleet}.network of muster.yaml`]
}
