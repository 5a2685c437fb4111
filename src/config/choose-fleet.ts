import { MusterError } from '../core/errors/muster-error.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { nearest } from '../kit/nearest.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import type { Settings } from './settings.ts'
import { showValue } from './show-value.ts'

/** The fleet of that name, or the default one. Throws FleetUnknown with the nearest names. */
export function chooseFleet(settings: Pick<Settings, 'fleets' | 'defaultFleet'>, name?: string | null): FleetSpec {
  const wanted = name ?? settings.defaultFleet
  if (Object.hasOwn(settings.fleets, wanted)) return settings.fleets[wanted]!
  const known = Object.keys(settings.fleets)
  const near = nearest(wanted, known)
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `fleets are ${known.join(', ')}`
  throw new MusterError('FleetUnknown', `no fleet is named ${showValue(wanted)}; ${hint}`, {
    suggestions: [...near.map((fleet) => `muster up ${shellQuote(fleet)}`), `describe it in muster.yaml under fleets`],
    data: { fleet: wanted, known },
  })
}
