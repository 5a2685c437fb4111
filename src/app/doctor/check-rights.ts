import { policyActions, policyFile } from '../../launch/policies.ts'
import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'

/** Which actions of `templates/policies/user.json` our own policies do not allow. */
export function checkRights({ access }: Services): Check {
  const name = 'rights'
  return {
    name,
    async run() {
      const needed = policyActions('user')
      const denied = await access.denied(needed)
      if (denied === null) {
        const message = 'unknown: IAM does not say what we may do (iam:SimulatePrincipalPolicy)'
        return warn(name, message, `have ${policyFile('user')} attached to you`)
      }
      if (denied.length === 0) return ok(name, `all ${needed.length} actions of ${policyFile('user')}`)
      return fail(name, `missing: ${denied.join(', ')}`, `have ${policyFile('user')} attached to you`)
    },
  }
}
