import { reachesSsm } from '../reach/reaches-ssm.ts'
import type { Instance } from '../state/instance.ts'
import { later } from './clockwork.ts'
import type { Clockwork } from './clockwork.ts'

/** Wraps what may happen only while the instance still has the same machine. */
export type IfCurrent = (act: () => void) => () => void

/** AWS's agents wait for minutes (compiled facts F.7); who changes a network here should not have to. */
const REGISTER_AGAIN_MS = 2_000

/**
 * Registers the agent with SSM as soon as its network leads there. One that cannot reach SSM tries again and again and says
 * nothing: what is wrong shows nowhere, as on AWS.
 */
export function registerOnceReachable(instance: Instance, clockwork: Clockwork, ifCurrent: IfCurrent): void {
  const { world, region } = clockwork
  if (!reachesSsm(instance, region)) {
    const again = ifCurrent(() => registerOnceReachable(instance, clockwork, ifCurrent))
    later(instance, world, REGISTER_AGAIN_MS, again)
    return
  }
  world.directories.agents?.online(instance.region, instance.id)
  const flap = world.faults.take('agent-flaps')
  if (flap !== undefined) loseForAWhile(instance, clockwork, ifCurrent, flap)
}

/** The scripted accident of an agent that registers, falls silent and comes back. */
function loseForAWhile(
  instance: Instance,
  { world }: Clockwork,
  ifCurrent: IfCurrent,
  { afterMs = 0, forMs }: { readonly afterMs?: number; readonly forMs: number },
): void {
  const { agents } = world.directories
  const comeBack = ifCurrent(() => agents?.online(instance.region, instance.id))
  const fallSilent = ifCurrent(() => {
    agents?.lost(instance.region, instance.id)
    later(instance, world, forMs, comeBack)
  })
  later(instance, world, afterMs, fallSilent)
}
