import type { World } from '../../../world.ts'
import type { Instance } from '../state/instance.ts'
import { giveAddressBack } from '../state/network.ts'
import { leave } from '../reservations/members.ts'
import { changeSpotStatus } from '../spot/statuses.ts'
import { later, takeBackTimers } from './clockwork.ts'
import type { Clockwork } from './clockwork.ts'
import { spotTermination } from './reasons.ts'
import { forgetDisks, keepDisk } from './disks.ts'
import type { Reason } from './reasons.ts'
import { mayBecome, moveTo } from './transitions.ts'

/** How long DescribeInstances shows what is terminated. */
const SHOWN_AFTER_TERMINATION_MS = 3_600_000

/** Ends an instance for good; nothing happens where it is ending already. `atOnce` leaves out the time that AWS takes. */
export function terminate(instance: Instance, clockwork: Clockwork, reason: Reason, how = { atOnce: false }): void {
  const { world, region } = clockwork
  if (!mayBecome(instance, 'shutting-down')) return
  takeBackTimers(instance)
  moveTo(instance, { name: 'shutting-down', ...reason }, world.clock.now())
  changeSpotStatus(
    instance,
    reason === spotTermination ? 'instance-terminated-no-capacity' : 'instance-terminated-by-user',
    clockwork,
  )
  world.directories.agents?.gone(instance.region, instance.id)
  whenGone(instance, clockwork, how.atOnce ? 0 : world.pace.shuttingDownMs, DROP, () => {
    forgetDisks(instance, world)
    moveTo(instance, { name: 'terminated', ...reason }, world.clock.now())
    release(instance, clockwork)
    later(instance, world, SHOWN_AFTER_TERMINATION_MS, () => region.instances.delete(instance.id))
  })
}

/** Stops an instance: the record, the addresses and the volumes stay, and what the machine's disk held. */
export function stop(instance: Instance, clockwork: Clockwork, reason: Reason): void {
  const { world } = clockwork
  if (!mayBecome(instance, 'stopping')) return
  takeBackTimers(instance)
  moveTo(instance, { name: 'stopping', ...reason }, world.clock.now())
  world.directories.agents?.lost(instance.region, instance.id)
  whenGone(instance, clockwork, world.pace.shuttingDownMs, KEEP, () =>
    moveTo(instance, { name: 'stopped', ...reason }, world.clock.now()),
  )
  leave(instance)
}

interface Ending {
  /** Whether the instance's next machine finds what this one's disk held. */
  readonly keepsDisk: boolean
}

export const KEEP: Ending = { keepsDisk: true }
export const DROP: Ending = { keepsDisk: false }

/** Takes the machine away; resolves when nothing of it is left but what is to be kept. */
export async function endMachine(instance: Instance, world: World, { keepsDisk }: Ending): Promise<void> {
  const { life } = instance
  const { machine } = life
  life.machine = null
  life.boots += 1
  life.credentials = null
  // A disk that cannot be read is lost, as that of a broken host is; the instance goes on.
  if (keepsDisk && machine !== null) await keepDisk(instance, machine, world).catch(() => undefined)
  // Its owner sweeps up what it could not remove now; an instance must not hang in its last state for that.
  await machine?.destroy().catch(() => undefined)
}

/** Calls back when the machine is gone and AWS's own time for it has passed, unless the instance was ended otherwise meanwhile. */
function whenGone(instance: Instance, { world }: Clockwork, ms: number, ending: Ending, callback: () => void): void {
  const state = instance.state.current
  const waits = { machine: true, clock: true }
  const arrived = (what: keyof typeof waits): void => {
    waits[what] = false
    if (!waits.machine && !waits.clock && instance.state.current === state) callback()
  }
  later(instance, world, ms, () => arrived('clock'))
  void endMachine(instance, world, ending).then(() => arrived('machine'))
}

/** Gives back what the instance held. What is not to go with it stays, attached to nothing. */
function release(instance: Instance, { region }: Clockwork): void {
  for (const one of instance.interfaces) {
    if (one.attachment?.deleteOnTermination === false) region.interfaces.set(one.id, { ...one, attachment: null })
    else {
      region.interfaces.delete(one.id)
      const subnet = region.subnets.get(one.subnetId)
      if (subnet !== undefined && one.privateIp !== null) giveAddressBack(subnet, one.privateIp)
    }
  }
  for (const volume of instance.volumes) {
    if (volume.attachment?.deleteOnTermination === false) volume.attachment = null
    else region.volumes.delete(volume.id)
  }
  instance.interfaces = []
  instance.volumes = []
  instance.placementGroup?.members.delete(instance.id)
  leave(instance)
}
