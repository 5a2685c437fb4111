import { sayUnfit, unfit, type FitQuestion } from '../../core/capacity/fit.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Services } from '../services.ts'
import type { Misfit } from './misfit.ts'
import { refuseTypes } from './refuse-types.ts'

/** How many types a fleet that says only what it needs may try: the smallest that will do. */
const MOST_CANDIDATES = 20

/** A fleet whose types are known: `wanted.types` are those that will do, in the order in which they are tried. */
export interface FitFleet {
  readonly wanted: FleetSpec
  readonly types: readonly InstanceFacts[]
}

/**
 * The types that can do what the fleet asks for, the one to be tried first first; at least one. Those of several that cannot are
 * dropped, and said.
 *
 * @throws MusterError InstanceTypeUnknown; InstanceTypeUnfit, naming types that can; UsageInvalid where a job has too many tasks for
 *   every type. Nothing has been made then.
 */
export async function fitTypes(
  wanted: FleetSpec,
  services: Pick<Services, 'compute' | 'events'>,
  tasksPerNode: number | null = null,
): Promise<FitFleet> {
  const { compute, events } = services
  const named =
    wanted.need === null
      ? await Promise.all(wanted.types.map((type) => compute.facts(type)))
      : await compute.typesFor(wanted.need)
  const question: FitQuestion = { wanted, image: await imageOf(wanted, compute), tasksPerNode }
  const misfits: Misfit[] = []
  const fits: InstanceFacts[] = []
  for (const facts of named) {
    const why = unfit(facts, question)
    if (why === null) fits.push(facts)
    else misfits.push({ facts, why })
  }
  if (fits.length === 0) throw await refuseTypes(wanted, misfits, question, compute)
  // Of a need, what cannot is simply not meant.
  if (wanted.need !== null) return fitFleet(wanted, fits.slice(0, MOST_CANDIDATES))
  for (const { facts, why } of misfits) {
    events.emit('capacity.type-dropped', { fleet: wanted.name, instanceType: facts.instanceType, why: sayUnfit(why) })
  }
  return fitFleet(wanted, fits)
}

function fitFleet(wanted: FleetSpec, types: readonly InstanceFacts[]): FitFleet {
  return { wanted: { ...wanted, types: types.map((facts) => facts.instanceType) }, types }
}

/** Of an image that the type does not choose; null where nothing is known of it. */
async function imageOf({ image }: FleetSpec, compute: Services['compute']) {
  return image === 'auto' ? null : compute.imageFacts(image)
}
