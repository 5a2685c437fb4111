import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LocalMachine } from '../../ports/machine.ts'
import type { DoctorResult, Finding } from '../results/account.ts'
import type { Services } from '../services.ts'
import { runChecks, thrown } from './check.ts'
import { checkBucket } from './check-bucket.ts'
import { checkCredentials } from './check-credentials.ts'
import { checkImage } from './check-image.ts'
import { checkHome, checkNode, checkSandbox } from './check-machine.ts'
import { checkNetwork } from './check-network.ts'
import { checkQuotas } from './check-quotas.ts'
import { checkReach } from './check-reach.ts'
import { checkRights } from './check-rights.ts'
import { checkRole } from './check-role.ts'
import { checkTypes } from './check-types.ts'

export interface DoctorRequest {
  readonly cloud: 'sandbox' | 'aws'
  readonly fleets: readonly FleetSpec[]
  readonly machine: LocalMachine
  readonly clock: Clock
  /** Rejects where there is no cloud to ask: this machine is looked at all the same. */
  connect(): Promise<Services>
}

/** Looks at everything that a fleet needs, and changes nothing. Never throws for what it finds. */
export async function examine(request: DoctorRequest): Promise<DoctorResult> {
  const { cloud, fleets, machine, clock } = request
  const local = [checkNode(machine), checkHome(machine), ...(cloud === 'sandbox' ? [checkSandbox(machine)] : [])]
  const here = runChecks(local, clock)
  const [there, services] = await request.connect().then(
    async (all) => [await runChecks(cloudChecks(fleets, all), clock), all] as const,
    (error: unknown) => [[thrown('cloud', error)], null] as const,
  )
  const findings: Finding[] = [...(await here), ...there]
  const who = await services?.identity.whoAmI().catch(() => null)
  const worst = (state: Finding['state']) => findings.some((finding) => finding.state === state)
  return {
    cloud,
    region: who?.region ?? null,
    account: who?.account ?? null,
    fleets: fleets.map((fleet) => fleet.name),
    findings,
    state: worst('fail') ? 'fail' : worst('warn') ? 'warn' : 'ok',
  }
}

function cloudChecks(fleets: readonly FleetSpec[], services: Services) {
  return [
    checkCredentials(services),
    checkRights(services),
    checkNetwork(fleets, services),
    checkReach(fleets, services),
    checkTypes(fleets, services),
    checkQuotas(fleets, services),
    checkImage(fleets, services),
    checkRole(fleets, services),
    checkBucket(services),
  ]
}
