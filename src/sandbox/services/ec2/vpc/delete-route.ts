import { AwsError } from '../../../aws-error.ts'
import { operation } from '../context.ts'
import { invalidValue, missingParameter } from '../errors.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required, unimplemented } from '../input/shape.ts'
import { cidrText } from '../state/cidr.ts'
import { readCidr } from './refusals.ts'

const parameters = {
  DestinationCidrBlock: text,
  DestinationIpv6CidrBlock: unimplemented,
  DestinationPrefixListId: unimplemented,
  RouteTableId: required(text),
}

/** Removes a route that somebody added; the network's own stays. */
export const deleteRoute = operation({
  name: 'DeleteRoute',
  input: parameters,
  handle({ RouteTableId: id, DestinationCidrBlock: asked }, { region }) {
    const [table] = findAll('route-table', [id], (key) => region.routeTables.get(key))
    if (asked === undefined) throw missingParameter('destinationCidrBlock')
    const destination = cidrText(readCidr(asked, 'destinationCidrBlock'))
    const route = table?.routes.get(destination)
    if (route === undefined)
      throw new AwsError(
        'InvalidRoute.NotFound',
        `no route with destination-cidr-block ${destination} in route table ${id}`,
      )
    if (route.target.kind === 'local')
      throw invalidValue(`cannot remove local route ${destination} in route table ${id}`)
    table?.routes.delete(destination)
    return { return: true }
  },
})
