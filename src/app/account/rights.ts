import { MusterError } from '../../core/errors/muster-error.ts'
import { policyActions, policyFile } from '../../launch/policies.ts'
import type { SetupPreview } from '../results/account.ts'
import type { Services } from '../services.ts'
import type { SetupRequest } from './preview.ts'

/**
 * Where our own policies can be asked, nothing is begun that they would stop half way: a network without its last part costs, and
 * serves nobody. Rights on roles are no reason to stop: the network is of use without them. Throws NotAllowed, naming every action.
 */
export async function refuseMissingRights(
  { remove }: SetupRequest,
  preview: SetupPreview,
  { access }: Services,
): Promise<void> {
  if (!preview.actions.some(({ kind }) => kind === 'make' || kind === 'remove')) return
  const needed = policyActions('setup').filter((action) => action.startsWith('ec2:'))
  const denied = await access.denied(needed)
  if (denied === null || denied.length === 0) return
  const again = remove ? 'muster setup --remove' : 'muster setup'
  throw new MusterError('NotAllowed', `nothing was begun, because setup lacks rights: ${denied.join(', ')}`, {
    suggestions: [`have somebody with IAM rights attach ${policyFile('setup')} to you, then: ${again}`],
    data: { denied },
  })
}
