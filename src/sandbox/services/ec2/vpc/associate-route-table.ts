import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { invalidValue, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required, unimplemented } from '../input/shape.ts'
import { associate } from '../state/route-table.ts'
import type { Association, RouteTable } from '../state/route-table.ts'

const parameters = {
  GatewayId: unimplemented,
  PublicIpv4Pool: unimplemented,
  RouteTableId: required(text),
  SubnetId: text,
}

/** A subnet has one table of its own at most. The same call again finds the association. */
export const associateRouteTable = operation({
  name: 'AssociateRouteTable',
  input: parameters,
  handle({ RouteTableId: tableId, SubnetId: subnetId }, context) {
    const { region } = context
    if (subnetId === undefined) throw missingParameter('subnetId or gatewayId')
    const [table] = findAll('route-table', [tableId], (id) => region.routeTables.get(id))
    const [subnet] = findAll('subnet', [subnetId], (id) => region.subnets.get(id))
    if (table === undefined || table.vpcId !== subnet?.vpcId)
      throw invalidValue(`Route table ${tableId} and subnet ${subnetId} belong to different networks`)
    const held = associationOf(subnetId, context)
    if (held !== undefined && held.table !== table)
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `the specified association for route table ${tableId} conflicts with an existing association`,
      )
    const association = held?.association ?? associate(table, subnetId)
    return { associationId: association.id, associationState: { state: 'associated' } }
  },
})

/** The subnet is served by the network's main table from then on. */
export const disassociateRouteTable = operation({
  name: 'DisassociateRouteTable',
  input: { AssociationId: required(text) },
  handle({ AssociationId: id }, { region }) {
    for (const { associations } of region.routeTables.values()) {
      const association = associations.get(id)
      if (association === undefined) continue
      if (association.subnetId === null)
        throw invalidValue(`cannot disassociate the main route table association ${id}`)
      associations.delete(id)
      return { return: true }
    }
    throw new AwsError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`)
  },
})

function associationOf(
  subnetId: string,
  { region }: Ec2Call,
): { readonly table: RouteTable; readonly association: Association } | undefined {
  for (const table of region.routeTables.values())
    for (const association of table.associations.values())
      if (association.subnetId === subnetId) return { table, association }
  return undefined
}
