import { backoffMs } from '../../kit/backoff.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { wantsEfa } from '../../core/fleet/efa.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import { bakeScript } from '../../launch/remote/bake-script.ts'
import { imageContents } from '../../launch/image-contents.ts'
import type { Images, ObservedImage } from '../../ports/images.ts'
import { fitImage } from '../fleet/fit-image.ts'
import { fitTypes } from '../capacity/fit-types.ts'
import { leaseKeeper } from '../fleet/lease-keeper.ts'
import { nodeContext } from '../fleet/node-context.ts'
import { raiseFleet, type RaiseOptions } from '../fleet/raise.ts'
import { runOnNodes } from '../fleet/run-on-nodes.ts'
import { takeDown } from '../fleet/take-down.ts'
import { takeDownAfter } from '../fleet/take-down-after.ts'
import type { BakeResult } from '../results/images-and-storage.ts'
import type { Services } from '../services.ts'
import { bakeFleet } from './bake-fleet.ts'

/** Tens of minutes for a large root; nobody waits longer than this. */
export const BAKE_DEADLINE_MS = 2 * 3_600_000

export interface BakeRequest {
  readonly fleet: FleetSpec
  /** Null takes one with the fleet's name and the time. */
  readonly name: string | null
  readonly approval: NonNullable<RaiseOptions['approval']>
}

/**
 * Makes an image that has what a fleet's user data would bring: on a small node of its own, which is taken down again whatever
 * happens; if this program is killed, the node's lease ends it.
 *
 * @throws MusterError ImageFailed where the cloud could not make it (then it is removed again), and what a raise throws.
 */
export async function bakeImage({ fleet, name, approval }: BakeRequest, services: Services): Promise<BakeResult> {
  const { clock, cloud, compute, events, images, interrupts } = services
  const began = clock.now()
  const { wanted: asked, types } = await fitTypes(fleet, services)
  const [facts] = types
  if (!facts) throw new TypeError(`fleet ${fleet.name} has no type`)
  const base = await fitImage(asked, facts, compute)
  const wanted = await bakeFleet(asked, facts, base, compute)
  // Where nothing is carried over EFA, its stand-in comes with a node's devices, and there is no installer to reach.
  const efa = wantsEfa(asked, facts) && cloud.fabric === 'efa'
  const software = { efa, lustre: asked.storage !== null, bake: true }
  const contents = imageContents(fleet, base.id, software)
  const called = name ?? `muster-${fleet.name}-${stamp(began)}`
  await refuseTaken(called, images)
  const raised = await raiseFleet(wanted, services, { approval, software })
  const nodeId = raised.nodes[0]?.id ?? ''
  try {
    const text = bakeScript(await nodeContext(services.objects))
    const script = { comment: 'muster: bake', text, timeoutS: 300 }
    await runOnNodes([nodeId], script, 'ImageFailed', services, interrupts.signal)
    const id = await images.create({ nodeId, name: called, fleet: fleet.name, contents })
    events.emit('image.begun', { image: id, name: called, node: nodeId })
    const lease = leaseKeeper(clock.now(), services)
    const image = await available(id, () => lease.tick(wanted, [nodeId]), services)
    await takeDown(wanted.name, services)
    const result = { fleet: fleet.name, image: image.id, name: called, contents, ms: clock.now() - began }
    events.emit('image.baked', result)
    return result
  } catch (error) {
    await takeDownAfter(error, wanted.name, services)
    throw error
  }
}

async function available(id: string, tick: () => void, services: Services): Promise<ObservedImage> {
  const { clock, cloud, events, ids, images, interrupts } = services
  const began = clock.now()
  const shape = { firstMs: cloud.pollMs.first, factor: 1.5, maxMs: Math.max(cloud.pollMs.longest, 1000) }
  let saidAt = began
  for (let quiet = 0; ; quiet += 1) {
    const image = (await images.observe()).find((one) => one.id === id)
    if (image?.state === 'available') return image
    if (image?.state === 'failed' || clock.now() - began > BAKE_DEADLINE_MS) {
      await images.remove(id).catch(() => undefined)
      const why = image?.failure ?? `it is still pending after ${BAKE_DEADLINE_MS / 3_600_000} hours`
      throw new MusterError('ImageFailed', `image ${id} could not be made: ${why}`, { data: { image: id } })
    }
    if (clock.now() - saidAt >= 60_000) {
      saidAt = clock.now()
      events.emit('image.pending', { image: id, ms: saidAt - began })
    }
    tick()
    // After ctrl-C the image goes on being made without us; what is half made is worth nothing.
    await clock.sleep(backoffMs(shape, quiet, ids.random()), interrupts.signal).catch(async (error: unknown) => {
      await images.remove(id).catch(() => undefined)
      throw error
    })
  }
}

/** `20261123-143205`, in UTC: names of images are unique. */
function stamp(now: number): string {
  return new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
}

/** Before anything is bought, as far as it can be told: another's image of that name is found by the cloud alone. */
async function refuseTaken(name: string, images: Images): Promise<void> {
  const taken = (await images.observe()).find((one) => one.name === name)
  if (!taken) return
  throw new MusterError('ImageUnfit', `there is an image ${name} already: ${taken.id}`, {
    suggestions: [`muster image delete ${taken.id}`, '--name another'],
  })
}
