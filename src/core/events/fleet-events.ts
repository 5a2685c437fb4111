import { count } from '../../kit/count.ts'
import { clockTime } from './clock-time.ts'
import { isFixedEnd, sayEnd } from './say-end.ts'
import { event, seconds } from './entry.ts'

/** What is said of a fleet and its nodes. */
export const FLEET_EVENTS = {
  'fleet.stages': event<{
    fleet: string
    total: number
    counts: Readonly<Record<string, number>>
    storage: string | null
  }>(
    'info',
    (d) =>
      `${d.fleet}: ${Object.entries(d.counts)
        .filter(([, n]) => n > 0)
        .map(([stage, n]) => `${n} ${stage}`)
        .join(', ')}${d.storage === null ? '' : `; storage ${d.storage}`}`,
  ),
  'fleet.ready': event<{
    fleet: string
    nodes: number
    instanceType: string
    /** EFA devices that were counted on every node; 0 is none. */
    efaInterfaces: number
    ms: number
    warm: boolean
  }>(
    'success',
    (d) =>
      `${d.fleet}: ${d.nodes} x ${d.instanceType} ready${d.efaInterfaces > 0 ? ` with EFA x${d.efaInterfaces}` : ''}${d.warm ? ' (already up)' : ` in ${seconds(d.ms)}`}`,
  ),
  'fabric.unused': event<{ fleet: string; instanceType: string; efaInterfaces: number; why: 'off' | 'placement' }>(
    'warning',
    (d) =>
      `${d.fleet}: ${d.instanceType} has EFA x${d.efaInterfaces}, but ${d.why === 'off' ? 'efa is off' : 'the fleet has placement none'}: MPI runs over TCP`,
  ),
  'fabric.rehearsed': event<{ fleet: string; efaInterfaces: number }>(
    'info',
    (d) =>
      `${d.fleet}: EFA x${d.efaInterfaces} is attached and verified, but this cloud's nodes have no EFA hardware: MPI runs over TCP`,
  ),
  'fleet.gone': event<{ fleet: string; nodes: number; proof: Readonly<Record<string, number>>; ms: number }>(
    'success',
    (d) =>
      `${d.fleet}: gone in ${seconds(d.ms)}; the API shows ${Object.entries(d.proof)
        .map(([what, n]) => `${n} ${what}`)
        .join(', ')}`,
  ),
  'fleet.kept': event<{ fleet: string; nodes: number; down: string }>(
    'info',
    (d) => `${d.fleet}: ${count(d.nodes, 'node')} kept; remove ${d.nodes === 1 ? 'it' : 'them'} with: ${d.down}`,
  ),
  'lease.renewed': event<{
    fleet: string
    nodes: number
    endsAt: number | null
    leftS: number | null
    /** Whatever runs on it. */
    mostAt: number | null
    mostS: number | null
  }>('info', (d) =>
    d.endsAt === null
      ? `${d.fleet}: its ${d.nodes} nodes never end by themselves`
      : `${d.fleet}: ${sayEnd(d)}${isFixedEnd(d) ? '' : `; keep it with: muster renew ${d.fleet} --for 4h`}`,
  ),
  'node.reclaimed': event<{ job: string; node: string; at: number }>(
    'warning',
    (d) => `job ${d.job}: ${d.node} is a Spot node and will be reclaimed at ${clockTime(d.at, 0)}`,
  ),
} as const
