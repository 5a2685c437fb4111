import { operation } from '../context.ts'
import type { Ec2Call } from '../context.ts'
import { refuseMalformed, unknownIds } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { list, required } from '../input/shape.ts'
import { removeManagedInterface } from '../managed-interface.ts'

/** Answers 200 whatever happened, and names those that could not be deleted. Interfaces stay until the endpoint has gone. */
export const deleteVpcEndpoints = operation({
  name: 'DeleteVpcEndpoints',
  input: { VpcEndpointId: required(list(text)) },
  handle({ VpcEndpointId: ids }, context) {
    refuseMalformed('vpc-endpoint', ids)
    const missing = ids.filter((id) => !remove(id, context))
    return {
      unsuccessful: missing.map((resourceId) => {
        const { code, message } = unknownIds('vpc-endpoint', [resourceId])
        return { resourceId, error: { code, message } }
      }),
    }
  },
})

function remove(id: string, { region, world }: Ec2Call): boolean {
  const endpoint = region.endpoints.get(id)
  if (endpoint === undefined) return false
  if (endpoint.type === 'Gateway') return region.endpoints.delete(id)
  if (endpoint.state === 'deleting') return true
  endpoint.state = 'deleting'
  world.clock.after(world.pace.vpcEndpointMs ?? 0, () => {
    for (const interfaceId of endpoint.interfaceIds) removeManagedInterface(region, interfaceId)
    region.endpoints.delete(id)
  })
  return true
}
