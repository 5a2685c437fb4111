import { describeSetup } from '../../core/account/describe.ts'
import type { SetupAction, SetupPlan } from '../../core/account/action.ts'
import type { SetupWorld } from '../../core/account/foresee-setup.ts'
import { alsoHint } from '../../core/errors/hint-instead.ts'
import { isMusterError, MusterError } from '../../core/errors/muster-error.ts'
import { policyFile } from '../../launch/policies.ts'
import { fleetNames } from '../fleet/fleet-names.ts'
import { reconcile } from '../fleet/reconcile.ts'
import { untilSettled } from '../fleet/settled.ts'
import { withFleetLock } from '../fleet/with-lock.ts'
import type { SetupPreview, SetupResult } from '../results/account.ts'
import type { Services } from '../services.ts'
import { confirmSetup } from './confirm.ts'
import { performSetup } from './perform.ts'
import { deciderOf, previewSetup, type Decide, type SetupRequest } from './preview.ts'
import { refuseMissingRights } from './rights.ts'
import { observeAccount, type RoleWatch } from './world.ts'

/** Whose journal and lock these are: no fleet has brackets in its name. */
export const SETUP = '(setup)'

/** Nobody waits longer for the cloud to let go of a network: NAT gateways and endpoints take some minutes. */
const REMOVAL_MS = { sandbox: 60_000, aws: 20 * 60_000 } as const

/**
 * Makes what fleets need of an account in this region, or takes it away again, after asking. Stopped anywhere, the same command goes on
 * from there; what is made stays. Where roles may not be made the network is made all the same, and the error at the end says so.
 *
 * @throws MusterError Declined, NetworkInUse, NotAllowed, SetupFailed; the interrupt's reason when the user stopped it.
 */
export async function setUp(request: SetupRequest, yes: boolean, services: Services): Promise<SetupResult> {
  return withFleetLock(SETUP, request.remove ? 'taking the setup away' : 'setting up', services, async () => {
    await untilSettled(SETUP, services)
    if (request.remove) await refuseInUse(services)
    const preview = await previewSetup(request, services)
    if (preview.converged) return ended(request, preview, 0, services)
    await refuseMissingRights(request, preview, services)
    await confirmSetup(preview, yes, services)
    return carryOut(request, preview, services)
  })
}

async function carryOut(request: SetupRequest, preview: SetupPreview, services: Services): Promise<SetupResult> {
  const { clock, interrupts } = services
  const began = clock.now()
  const roles: RoleWatch = { wanted: request.role, refused: [] }
  const { region } = preview
  let hasMade = false
  let decider: Decide | null = null
  const decide = (world: SetupWorld): SetupPlan => {
    decider ??= deciderOf(request, world, region)
    const plan = decider(world)
    if (plan.converged || !request.remove || clock.now() - began < REMOVAL_MS[services.cloud.name]) return plan
    const left = [...plan.actions.map(describeSetup), ...plan.waits].join(', ')
    return { ...plan, failure: { code: 'SetupFailed', message: `still there, and held by something: ${left}` } }
  }
  interrupts.setCleanUp(request.remove ? 'muster setup --remove' : 'muster setup --remove --yes')
  await reconcile<SetupWorld, SetupAction>(
    {
      fleet: SETUP,
      observe: () => observeAccount(roles, services),
      decide,
      perform: async (action) => {
        await performSetup(action, roles, services)
        hasMade = true
      },
      describe: describeSetup,
    },
    services,
    interrupts.signal,
  ).catch((error: unknown) => {
    const isLeft = hasMade && !request.remove && !isMusterError(error, 'Interrupted')
    throw isLeft ? alsoHint(error, 'muster setup --remove') : error
  })
  interrupts.setCleanUp(null)
  if (roles.refused.length > 0) throw rolesRefused(roles.refused, request)
  return ended(request, preview, clock.now() - began, services)
}

function ended(request: SetupRequest, preview: SetupPreview, ms: number, services: Services): SetupResult {
  const goal = request.remove ? 'remove' : 'make'
  if (preview.notes.length > 0) services.events.emit('warning', { message: preview.notes.join('; '), hint: null })
  services.events.emit('setup.done', { goal, region: preview.region, changes: preview.actions.length, ms })
  return { ...preview, ms }
}

/** Also what a fleet in another network uses: the role. */
async function refuseInUse(services: Services): Promise<void> {
  const fleets = await fleetNames(services)
  if (fleets.length === 0) return
  throw new MusterError('NetworkInUse', `fleets use what setup made: ${fleets.join(', ')}`, {
    suggestions: [...fleets.map((fleet) => `muster down ${fleet}`), 'muster setup --remove'],
    data: { fleets },
  })
}

function rolesRefused(refused: readonly string[], { remove }: SetupRequest): MusterError {
  const done = remove ? 'the network is gone, but not the node role' : 'the network is made, but not the node role'
  return new MusterError('NotAllowed', `${done}: ${[...new Set(refused)].join('; ')}`, {
    suggestions: [
      `have somebody with IAM rights attach ${policyFile('setup')} to you, then: muster setup${remove ? ' --remove' : ''}`,
      `muster setup${remove ? ' --remove' : ''} --no-role`,
    ],
  })
}
