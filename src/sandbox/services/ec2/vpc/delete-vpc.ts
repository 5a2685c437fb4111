import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { isMain } from '../state/route-table.ts'
import { hasDependencies } from './refusals.ts'

/** Deletes an empty network, with what EC2 had made beside it. */
export const deleteVpc = operation({
  name: 'DeleteVpc',
  input: { VpcId: required(text) },
  handle({ VpcId: id }, context) {
    const { region } = context
    findAll('vpc', [id], (key) => region.vpcs.get(key))
    if (isInUse(id, context)) throw hasDependencies('vpc', id)
    for (const kind of [region.routeTables, region.securityGroups, region.networkAcls] as const)
      for (const [key, item] of kind) if (item.vpcId === id) kind.delete(key)
    region.vpcs.delete(id)
    return { return: true }
  },
})

/** The default group, the main route table and the default ACL go with the network; all else must have gone before. */
function isInUse(vpcId: string, { region }: Ec2Call): boolean {
  const isHere = (item: { readonly vpcId: string | null }): boolean => item.vpcId === vpcId
  return (
    [...region.subnets.values()].some(isHere) ||
    [...region.internetGateways.values()].some(isHere) ||
    [...region.endpoints.values()].some(isHere) ||
    [...region.interfaces.values()].some(isHere) ||
    [...region.routeTables.values()].some((table) => isHere(table) && !isMain(table)) ||
    [...region.securityGroups.values()].some((group) => isHere(group) && group.name !== 'default')
  )
}
