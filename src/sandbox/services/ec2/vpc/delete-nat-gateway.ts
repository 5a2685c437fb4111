import { operation } from '../context.ts'
import { findAll } from '../input/ids.ts'
import { text } from '../input/leaves.ts'
import { required } from '../input/shape.ts'
import { removeManagedInterface } from '../managed-interface.ts'

/** How long a gateway that is deleted is still shown. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html */
const SHOWN_AFTER_DELETION_MS = 3_600_000

/** The gateway's interface and address are free when it is `deleted`, some time later; until then they hold subnet and network. */
export const deleteNatGateway = operation({
  name: 'DeleteNatGateway',
  input: { NatGatewayId: required(text) },
  handle({ NatGatewayId: id }, { region, world }) {
    for (const nat of findAll('natgateway', [id], (key) => region.natGateways.get(key))) {
      if (nat.state === 'deleting' || nat.state === 'deleted') continue
      nat.state = 'deleting'
      world.clock.after(world.pace.natGatewayMs ?? 0, () => {
        nat.state = 'deleted'
        nat.deletedAt = world.clock.now()
        for (const address of region.addresses.values())
          if (address.association?.interfaceId === nat.interfaceId) address.association = null
        if (nat.interfaceId !== null) removeManagedInterface(region, nat.interfaceId)
        world.clock.after(SHOWN_AFTER_DELETION_MS, () => region.natGateways.delete(id))
      })
    }
    return { natGatewayId: id }
  },
})
