import { exhaustive } from '../../kit/exhaustive.ts'
import type { AccessPart, AccessRemoval, NetworkPart, NetworkRemoval, SetupAction } from './action.ts'
import { NODE_ROLE } from './observed.ts'

/** An action of setup in words with its sign: `+ private subnet 10.64.0.0/20 in us-east-1a`. */
export function describeSetup(action: SetupAction): string {
  switch (action.kind) {
    case 'make':
      return `+ ${describePart(action.part)}`
    case 'remove':
      return `- ${describeRemoval(action.part)}`
    case 'grant':
      return `+ ${describeAccess(action.part)}`
    case 'withdraw':
      return `- ${describeWithdrawal(action.part)}`
    default:
      return exhaustive(action)
  }
}

function describePart(part: NetworkPart): string {
  switch (part.what) {
    case 'vpc':
      return `VPC ${part.range}`
    case 'dns':
      return 'host names in the VPC'
    case 'subnet':
      return `${part.use} subnet ${part.range} in ${part.zone}`
    case 'gateway':
      return 'internet gateway'
    case 'address':
      return 'public address'
    case 'nat':
      return 'NAT gateway'
    case 'table':
      return `${part.use} route table`
    case 'association':
      return `routes for the subnet in ${part.zone}`
    case 'route':
      return `route to the ${part.to.startsWith('nat-') ? 'NAT' : 'internet'} gateway`
    case 's3-endpoint':
      return 'gateway endpoint of s3'
    case 'endpoint-group':
      return 'security group of the endpoints'
    case 'endpoint':
      return `interface endpoint of ${part.service}`
    default:
      return exhaustive(part)
  }
}

const NAMES: Readonly<Record<NetworkRemoval['what'], string>> = {
  vpc: 'VPC',
  subnet: 'subnet',
  gateway: 'internet gateway',
  address: 'public address',
  nat: 'NAT gateway',
  table: 'route table',
  route: 'route of table',
  endpoint: 'endpoint',
  'endpoint-group': 'security group',
}

function describeRemoval({ what, id, about }: NetworkRemoval): string {
  return `${NAMES[what]} ${id}${about === '' ? '' : ` (${about})`}`
}

function describeAccess(part: AccessPart): string {
  if (part.what === 'service-role') return `service-linked role of ${part.service}`
  return part.what === 'role' ? `role ${NODE_ROLE}: SSM and the staging buckets` : `instance profile ${NODE_ROLE}`
}

function describeWithdrawal({ what }: AccessRemoval): string {
  if (what === 'claim') return `this region's claim on the role ${NODE_ROLE}`
  return what === 'role' ? `role ${NODE_ROLE}` : `instance profile ${NODE_ROLE}`
}
