import type { Action } from './action.ts'
import type { PastAction } from './past-action.ts'
import { measuredRaises } from './measured-raises.ts'

/** How long a phase of a raise takes, in milliseconds; null where nobody knows. */
export interface PhaseSpan {
  readonly name: 'launch' | 'boot' | 'storage' | 'prepare'
  readonly leastMs: number | null
  readonly mostMs: number | null
}

/** Storage is made while the nodes boot: the longer of the two counts. */
export interface ExpectedTimes {
  readonly phases: readonly PhaseSpan[]
  /** Until a job can start, without the phases that nobody knows. */
  readonly ready: { readonly leastMs: number; readonly mostMs: number }
  /** Where the times come from, in words; null where nothing is waited for. */
  readonly source: string | null
}

interface Typical {
  readonly source: string
  readonly spans: Readonly<Record<PhaseSpan['name'], readonly [leastMs: number, mostMs: number] | null>>
}

/**
 * Until this machine has raised the fleet itself. The sandbox's are of the run that README.md records and of a busy machine; AWS's are what its
 * users report of CreateFleet, instances with their SSM agents, and file systems. Nobody reports muster's own preparation there.
 */
const TYPICAL: Readonly<Record<'sandbox' | 'aws', Typical>> = {
  sandbox: {
    source: 'typical of the sandbox',
    spans: { launch: [300, 1000], boot: [500, 3000], storage: [1500, 3000], prepare: [700, 3000] },
  },
  aws: {
    source: 'as users of AWS report them; not measured by muster',
    spans: { launch: [2000, 10_000], boot: [70_000, 180_000], storage: [300_000, 900_000], prepare: null },
  },
}

/** What has still to be waited for, by what would be done; `past` are this fleet's actions in this cloud before. */
export function expectedTimes(
  actions: readonly Action[],
  waits: readonly string[],
  cloud: 'sandbox' | 'aws',
  past: readonly PastAction[],
): ExpectedTimes {
  if (actions.length === 0 && waits.length === 0) return NOTHING
  const has = (...kinds: readonly Action['kind'][]) => actions.some((action) => kinds.includes(action.kind))
  const launches = has('launch-cohort')
  const needed: Readonly<Record<PhaseSpan['name'], boolean>> = {
    launch: launches,
    boot: launches || waits.some((wait) => /\bnodes?\b/.test(wait)),
    storage: has('create-storage') || waits.includes('the file system'),
    prepare: has('install-nodes', 'trust-nodes', 'mount-storage', 'verify-nodes'),
  }
  const raises = launches ? measuredRaises(past) : []
  const { source, spans } = raises.length === 0 ? TYPICAL[cloud] : measured(raises)
  const phases = (['launch', 'boot', 'storage', 'prepare'] as const)
    .filter((name) => needed[name])
    .map((name) => ({ name, leastMs: spans[name]?.[0] ?? null, mostMs: spans[name]?.[1] ?? null }))
  return { phases, ready: { leastMs: total(phases, 'leastMs'), mostMs: total(phases, 'mostMs') }, source }
}

const NOTHING: ExpectedTimes = { phases: [], ready: { leastMs: 0, mostMs: 0 }, source: null }

function measured(raises: ReturnType<typeof measuredRaises>): Typical {
  const span = (name: PhaseSpan['name']): [number, number] | null => {
    const times = raises.map((raise) => raise[name]).filter((ms) => ms !== null)
    return times.length === 0 ? null : [Math.min(...times), Math.max(...times)]
  }
  const count = raises.length === 1 ? 'last raise' : `last ${raises.length} raises`
  return {
    source: `measured in the ${count} from this machine`,
    spans: { launch: span('launch'), boot: span('boot'), storage: span('storage'), prepare: span('prepare') },
  }
}

function total(phases: readonly PhaseSpan[], bound: 'leastMs' | 'mostMs'): number {
  const ms = (name: PhaseSpan['name']) => phases.find((phase) => phase.name === name)?.[bound] ?? 0
  return ms('launch') + Math.max(ms('boot'), ms('storage')) + ms('prepare')
}
