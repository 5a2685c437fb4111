import { MusterError } from '../../core/errors/muster-error.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'

/**
 * The facts of a fleet's type, which can do what the fleet asks for.
 *
 * @throws MusterError InstanceTypeUnknown; InstanceTypeUnfit, naming types that can. Nothing has been made then.
 */
export async function fitFacts(
  wanted: FleetSpec,
  compute: Pick<Compute, 'facts' | 'efaTypes'>,
): Promise<InstanceFacts> {
  const facts = await compute.facts(wanted.types[0] ?? '')
  if (wanted.efa === 'required' && facts.efaInterfaces === 0) throw await withoutEfa(wanted.name, facts, compute)
  return facts
}

/** How many names a person reads. */
const SHOWN = 8

async function withoutEfa(fleet: string, facts: InstanceFacts, compute: Pick<Compute, 'efaTypes'>) {
  const { instanceType, architecture } = facts
  const able = nearFirst(await compute.efaTypes(architecture), instanceType)
  const more = able.length > SHOWN ? ` and ${able.length - SHOWN} more` : ''
  const named = able.length === 0 ? 'no type here has it' : `these have it: ${able.slice(0, SHOWN).join(', ')}${more}`
  const off = `efa: auto in fleets.${fleet} of muster.yaml`
  return new MusterError(
    'InstanceTypeUnfit',
    `fleet ${fleet} requires EFA, but ${instanceType} (${architecture}) has none; ${named}`,
    {
      suggestions: able[0] === undefined ? [off] : [`type: ${able[0]} in fleets.${fleet} of muster.yaml`, off],
      data: { instanceType, architecture, able },
    },
  )
}

/** Larger sizes of the same family first, then the HPC families, then the others by name. */
function nearFirst(types: readonly string[], wanted: string): string[] {
  const family = wanted.split('.')[0] ?? ''
  const rank = (type: string) => (type.startsWith(`${family}.`) ? 0 : type.startsWith('hpc') ? 1 : 2)
  return types.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
}
