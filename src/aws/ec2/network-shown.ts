import { DescribeAddressesCommand } from '@aws-sdk/client-ec2'
import type { NetworkPart } from '../../core/account/action.ts'
import { exhaustive } from '../../kit/exhaustive.ts'
import { securityGroupsBy } from './describe.ts'
import type { Ec2 } from './ec2.ts'
import { routeTablesBy, subnetsBy, vpcEndpointsBy, vpcsBy } from './network-describe.ts'
import { gatewaysOf, hasHostNames, natsOf, observedTable } from './network-observe.ts'
import { setupFilter } from './network-tags.ts'

/** Whether AWS shows a part that was made, so that the next plan does not make it again: one call, not a look at everything. */
export async function isShown(ec2: Ec2, part: NetworkPart): Promise<boolean> {
  switch (part.what) {
    case 'vpc':
      return (await vpcsBy(ec2, [setupFilter])).some((one) => one.CidrBlock === part.range)
    case 'dns':
      return hasHostNames(ec2, part.vpc)
    case 'subnet':
      return (await subnetsBy(ec2, [setupFilter, ofVpc(part.vpc)])).some((one) => one.CidrBlock === part.range)
    case 'gateway':
      return (await gatewaysOf(ec2)).some((one) => one.vpc === part.vpc)
    case 'address':
      return ((await ec2.send(new DescribeAddressesCommand({ Filters: [setupFilter] }))).Addresses ?? []).length > 0
    case 'nat':
      return (await natsOf(ec2)).some((one) => one.vpc === part.vpc && one.state !== 'deleting')
    case 'table':
      return (await tables(ec2)).some((one) => one.vpc === part.vpc && one.use === part.use)
    case 'association':
      return (await tables(ec2)).some((one) => one.id === part.table && one.subnets.includes(part.subnet))
    case 'route':
      return (await tables(ec2)).some((one) => one.id === part.table && one.everywhere === part.to && !one.broken)
    case 's3-endpoint':
      return hasEndpoint(ec2, part.vpc, 's3')
    case 'endpoint':
      return hasEndpoint(ec2, part.vpc, part.service)
    case 'endpoint-group': {
      const groups = await securityGroupsBy(ec2, [setupFilter, ofVpc(part.vpc)])
      return groups.some((group) => (group.IpPermissions ?? []).length > 0)
    }
    default:
      return exhaustive(part)
  }
}

const ofVpc = (vpc: string) => ({ Name: 'vpc-id', Values: [vpc] })

const tables = async (ec2: Ec2) => ((await routeTablesBy(ec2, [setupFilter])) ?? []).map(observedTable)

async function hasEndpoint(ec2: Ec2, vpc: string, service: string): Promise<boolean> {
  const endpoints = (await vpcEndpointsBy(ec2, [setupFilter, ofVpc(vpc)])) ?? []
  return endpoints.some((one) => one.ServiceName?.endsWith(`.${service}`) === true && !/^delet/i.test(one.State ?? ''))
}
