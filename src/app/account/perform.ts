import type { SetupAction } from '../../core/account/action.ts'
import { policyDocument } from '../../launch/policies.ts'
import type { Services } from '../services.ts'
import { whenFree } from '../when-free.ts'
import { tolerant, type RoleWatch } from './world.ts'

/** Carries out one action. What something still holds is no failure: the next round tries again. */
export async function performSetup(action: SetupAction, roles: RoleWatch, services: Services): Promise<void> {
  const { network, access, identity } = services
  switch (action.kind) {
    case 'make':
      return network.make(action.part, action.id)
    case 'remove':
      return whenFree(network.remove(action.part))
    case 'grant': {
      const { account } = await identity.whoAmI()
      const wanted = { policy: policyDocument('node', account), action: action.id }
      await tolerant(roles, () => access.grant(action.part, wanted))
      return
    }
    case 'withdraw':
      await tolerant(roles, () => whenFree(access.withdraw(action.part)))
  }
}
