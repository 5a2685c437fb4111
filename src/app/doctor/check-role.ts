import { NODE_ROLE } from '../../core/account/observed.ts'
import { isMusterError } from '../../core/errors/muster-error.ts'
import { policyDocument, policyFile } from '../../launch/policies.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'

/** The role and the profile that nodes get, as far as they are those of `muster setup`. */
export function checkRole(fleets: readonly FleetSpec[], { access, identity }: Services): Check {
  const name = 'node role'
  return {
    name,
    async run() {
      const profiles = [...new Set(fleets.map((fleet) => fleet.instanceProfile))]
      const findings: Finding[] = profiles
        .filter((profile) => profile !== NODE_ROLE)
        .map((profile) =>
          profile === null
            ? warn(
                name,
                'a fleet has instanceProfile: none: its nodes reach neither SSM nor the bucket',
                'instanceProfile: muster-node in muster.yaml',
              )
            : warn(
                name,
                `the instance profile ${profile} is yours to look after`,
                `aws iam get-instance-profile --instance-profile-name ${profile}`,
              ),
        )
      return profiles.includes(NODE_ROLE) ? [...findings, await ownRole()] : findings
    },
  }

  async function ownRole(): Promise<Finding> {
    try {
      const { account } = await identity.whoAmI()
      const { role, profile } = await access.observe(policyDocument('node', account))
      if (role === null) return fail(name, `there is no role ${NODE_ROLE}`, 'muster setup')
      if (profile === null) return fail(name, `there is no instance profile ${NODE_ROLE}`, 'muster setup')
      if (!profile.hasRole) return fail(name, `the instance profile ${NODE_ROLE} has no role`, addRole)
      if (!role.ssm) return fail(name, `the role ${NODE_ROLE} lacks AmazonSSMManagedInstanceCore`, attachSsm)
      if (role.buckets) return ok(name, `${NODE_ROLE}: SSM and the staging buckets`)
      if (role.ours) return fail(name, `the role ${NODE_ROLE} lacks ${policyFile('node')}`, 'muster setup')
      return warn(
        name,
        `${NODE_ROLE} has SSM; whether it reaches the staging buckets is not known: its policies are not muster's`,
        `compare it with ${policyFile('node')}`,
      )
    } catch (error) {
      if (!isMusterError(error, 'NotAllowed')) throw error
      return warn(name, `not known: ${error.message}`, `have ${policyFile('user')} attached to you`)
    }
  }
}

const addRole = `aws iam add-role-to-instance-profile --instance-profile-name ${NODE_ROLE} --role-name ${NODE_ROLE}`
const attachSsm = `aws iam attach-role-policy --role-name ${NODE_ROLE} --policy-arn arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore`
