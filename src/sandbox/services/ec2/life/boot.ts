import type { MachineEvents } from '../../../machines/machine.ts'
import { metadata } from '../imds/metadata.ts'
import type { Instance } from '../state/instance.ts'
import { prefixLengthOf } from '../state/network.ts'
import { later } from './clockwork.ts'
import { diskOf } from './disks.ts'
import type { Clockwork } from './clockwork.ts'
import { terminate, stop } from './end.ts'
import { instanceInitiated, internalError, noReason } from './reasons.ts'
import { failingUserData } from './failing-user-data.ts'
import { registerOnceReachable } from './registration.ts'
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
        userData: first ? userDataOf(instance, clockwork) : null,
        metadata: (path) => metadata(path, instance, world),
        mount: (dnsName, mountName) =>
          (world.faults.take('mount-hangs') === undefined ? undefined : { hangs: true }) ??
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

/** What the instance was given, unless it is to fail; an instance without any has none that could. */
function userDataOf({ userData }: Instance, { world }: Clockwork): Uint8Array | null {
  const failure = userData === null ? undefined : world.faults.take('user-data-fails')
  return failure === undefined ? userData : failingUserData(failure.exitCode ?? 1)
}

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
