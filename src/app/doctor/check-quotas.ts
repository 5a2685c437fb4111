import { isEnough, moreQuota, quotaLeft } from '../../core/capacity/quota.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { fail, ok, warn, type Check } from './check.ts'
import { typesOf } from './check-types.ts'

/** The vCPUs that each fleet asks for, against what the account may have. */
export function checkQuotas(fleets: readonly FleetSpec[], services: Services): Check {
  const name = 'quotas'
  return { name, run: async () => (await Promise.all(fleets.map((fleet) => ofFleet(name, fleet, services)))).flat() }
}

async function ofFleet(name: string, fleet: FleetSpec, { compute, quotas, identity }: Services): Promise<Finding[]> {
  const [facts] = await typesOf(fleet, compute).catch(() => [])
  const [purchase = 'on-demand'] = fleet.capacity
  // A type that is not there is another check's line.
  if (facts === undefined) return []
  const asked = fleet.nodes * facts.vcpus
  const quota = await quotas.vcpus(facts.instanceType, purchase)
  const what = `${fleet.name}: ${fleet.nodes} x ${facts.instanceType} (${purchase}) are ${asked} vCPUs`
  if (quota === null) return [ok(name, `${what}; no quota of vCPUs is known for it`)]
  const check = { ...quota, asked }
  const { code, name: title, limit } = check
  const left = quotaLeft(check)
  if (left === null) return [warn(name, `${what}; ${title} (${code}) is not known`, show(code))]
  const said = `${what}; ${left} of ${limit} are left (${title}, ${code})`
  if (isEnough(check)) return [ok(name, said)]
  return [fail(name, said, moreQuota(check, (await identity.whoAmI()).region))]
}

const show = (code: string) => `aws service-quotas get-service-quota --service-code ec2 --quota-code ${code}`
