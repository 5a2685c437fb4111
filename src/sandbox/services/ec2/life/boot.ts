import type { MachineEvents } from '../../../machines/machine.ts'
import { metadata } from '../imds/metadata.ts'
import { reachesSsm } from '../reach/reaches-ssm.ts'
import type { Instance } from '../state/instance.ts'
import { prefixLengthOf } from '../state/network.ts'
import { later } from './clockwork.ts'
import { diskOf } from './disks.ts'
import type { Clockwork } from './clockwork.ts'
import { terminate, stop } from './end.ts'
import { instanceInitiated, internalError, noReason } from './reasons.ts'
import { moveTo, stateOf } from './transitions.ts'

/**
 * Gives a pending instance its machine at once, so that its boot and EC2's pending time overlap, and calls it running when
 * that time is over. User data runs at the first boot only, as cloud-init does it.
 */
export function boot(instance: Instance, clockwork: Clockwork, how: { readonly first: boolean }): void {
  const { world } = clockwork
  startMachine(instance, clockwork, how)
  later(instance, world, world.pace.pendingMs, () => {
    if (stateOf(instance) === 'pending') moveTo(instance, { name: 'running', ...noReason }, world.clock.now())
  })
}

/** Boots a machine for the instance, whatever its state. */
export function startMachine(instance: Instance, clockwork: Clockwork, { first }: { readonly first: boolean }): void {
  const { world } = clockwork
  const { life } = instance
  life.boots += 1
  const isMute = first && world.faults.take('mute-agent') !== undefined
  try {
    life.machine = world.machines.boot(
      {
        instanceId: instance.id,
        region: instance.region,
        hostname: instance.hostname,
        privateIp: instance.privateIp,
        prefixLength: prefixLengthOf(instance.vpc),
        network: instance.vpc.id,
        efaInterfaces: instance.interfaces.filter((one) => one.type !== 'interface').length,
        disk: diskOf(instance),
        userData: first ? instance.userData : null,
        metadata: (path) => metadata(path, instance, world),
        mount: (dnsName, mountName) =>
          world.directories.fileSystems?.mount(dnsName, mountName) ?? {
            refusal: 'there are no file systems in this sandbox',
          },
      },
      eventsOf(instance, clockwork, isMute),
    )
  } catch {
    // The machine could not even begin: AWS shows an instance whose host failed it as ended by an internal error.
    later(instance, world, 0, () => terminate(instance, clockwork, internalError, { atOnce: true }))
  }
}

/** An agent that cannot reach SSM tries again and again, and says nothing: what is wrong shows nowhere, as on AWS. */
function registerOnceReachable(
  instance: Instance,
  clockwork: Clockwork,
  ifCurrent: (act: () => void) => () => void,
): void {
  const { world, region } = clockwork
  if (reachesSsm(instance, region)) world.directories.agents?.online(instance.region, instance.id)
  else
    later(
      instance,
      world,
      REGISTER_AGAIN_MS,
      ifCurrent(() => registerOnceReachable(instance, clockwork, ifCurrent)),
    )
}

/** AWS's agents wait for minutes (compiled facts F.7); who changes a network here should not have to. */
const REGISTER_AGAIN_MS = 2_000

/** Events of a machine that the instance no longer has are nobody's. */
function eventsOf(instance: Instance, clockwork: Clockwork, isMute: boolean): MachineEvents {
  const { life } = instance
  const { world } = clockwork
  const number = life.boots
  const ifCurrent = (act: () => void) => (): void => {
    const state = stateOf(instance)
    if (life.boots === number && (state === 'pending' || state === 'running')) act()
  }
  return {
    online: ifCurrent(() => {
      if (!isMute) registerOnceReachable(instance, clockwork, ifCurrent)
    }),
    lost: ifCurrent(() => world.directories.agents?.lost(instance.region, instance.id)),
    poweroff: ifCurrent(() => {
      if (instance.shutdownBehavior === 'terminate') terminate(instance, clockwork, instanceInitiated)
      else stop(instance, clockwork, instanceInitiated)
    }),
    userDataEnded: (_exitCode, tail) => {
      if (life.boots === number) life.console = { tail, at: world.clock.now() }
    },
  }
}
