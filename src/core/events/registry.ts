import { clockTime } from './clock-time.ts'
import { describeRung, type Rung } from '../capacity/rung.ts'
import { event, seconds } from './entry.ts'
import { LOGIN_EVENTS } from './login-events.ts'
import { QUEUE_EVENTS } from './queue-events.ts'

/** One rung of the ladder, asked for so many nodes. */
interface RungTried extends Rung {
  readonly fleet: string
  readonly nodes: number
}

const size = (bytes: number) =>
  bytes < 999_500 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`

/**
 * Everything that muster can say while it works: the payload of each event and the sentence that is derived from it.
 * Renderers and the journal read the same stream; no words travel in an event.
 */
export const EVENTS = {
  'cloud.chosen': event<{ cloud: string; region: string; account: string; endpoint: string | null; cost: string }>(
    'info',
    (d) => `cloud: ${d.cloud}, region ${d.region}, account ${d.account}; ${d.cost}`,
  ),
  'sandbox.started': event<{ port: number; nodes: string; ms: number }>(
    'info',
    (d) => `sandbox started on port ${d.port} (${d.nodes} nodes) in ${seconds(d.ms)}`,
  ),
  'plan.made': event<{ fleet: string; actions: readonly { id: string; kind: string; what: string; reason: string }[] }>(
    'debug',
    (d) => `${d.fleet}: ${d.actions.length} actions: ${d.actions.map((a) => a.what).join(', ')}`,
  ),
  'action.started': event<{ fleet: string; id: string; kind: string; what: string }>('debug', (d) => `${d.what} ...`),
  'action.done': event<{ fleet: string; id: string; kind: string; what: string; ms: number }>(
    'info',
    (d) => `${d.what} (${seconds(d.ms)})`,
  ),
  'action.failed': event<{ fleet: string; id: string; kind: string; what: string; code: string; message: string }>(
    'error',
    (d) => `${d.what} failed: ${d.message}`,
  ),
  'action.refused': event<{ fleet: string; id: string; kind: string; what: string; code: string; message: string }>(
    'debug',
    (d) => `${d.what} was refused, and is planned anew: ${d.message}`,
  ),
  'capacity.type-dropped': event<{ fleet: string; instanceType: string; why: string }>(
    'warning',
    (d) => `${d.fleet}: ${d.instanceType} is left out: it ${d.why}`,
  ),
  'capacity.trying': event<RungTried & { step: { nth: number; of: number } }>(
    'info',
    (d) =>
      `${d.fleet}: trying ${d.nodes} x ${describeRung(d)}, ${d.usdPerHour === null ? 'price unknown' : `$${(d.nodes * d.usdPerHour).toFixed(2)}/h`}${d.step.of === 1 ? '' : ` (${d.step.nth} of ${d.step.of})`}`,
  ),
  'capacity.refused': event<RungTried & { code: string; message: string; availableZones: readonly string[] }>(
    'warning',
    (d) =>
      `${d.fleet}: no ${d.nodes} x ${describeRung(d)}: ${d.message}${d.availableZones.length === 0 ? '' : `; next: ${d.availableZones.join(', ')}`}`,
  ),
  'capacity.waiting': event<{
    fleet: string
    nodes: number
    /** Which wait it is, from 1. */
    attempt: number
    delayMs: number
    /** When it is given up, in milliseconds since the epoch. */
    until: number
    reason: string
  }>(
    'info',
    (d) =>
      `${d.fleet}: waiting for room for ${d.nodes} ${d.nodes === 1 ? 'node' : 'nodes'}; all is tried again in ${seconds(d.delayMs)}, until ${new Date(d.until).toISOString().slice(0, 19)}Z`,
  ),
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
  'storage.flushed': event<{ fleet: string; storage: string; nodes: number; left: number }>(
    'info',
    (d) =>
      `${d.fleet}: what ${d.nodes} nodes wrote is on ${d.storage}${d.left === 0 ? '' : `; ${d.left} more did not answer, and may lose their last seconds`}`,
  ),
  'storage.copying': event<{
    fleet: string
    storage: string
    what: 'import' | 'export' | 'other'
    done: number
    failed: number
    total: number
  }>(
    'info',
    (d) =>
      `${d.fleet}: ${d.what === 'other' ? 'task' : d.what} of ${d.storage}: ${d.done} of ${d.total} files${d.failed === 0 ? '' : `, ${d.failed} failed`}`,
  ),
  'storage.exported': event<{
    fleet: string
    storage: string
    to: string
    files: number
    bytes: number
    how: 'files' | 'counts'
  }>('success', (d) =>
    d.how === 'files'
      ? `${d.fleet}: ${d.files} files (${size(d.bytes)}) of ${d.storage} are in ${d.to}, compared one by one`
      : `${d.fleet}: the export of ${d.storage} to ${d.to} succeeded; no node was left to count its files`,
  ),
  'storage.kept': event<{
    fleet: string
    storage: string
    capacityGiB: number
    why: string | null
    usdPerHour: number | null
  }>(
    'warning',
    (d) =>
      `${d.fleet}: file system ${d.storage} (${d.capacityGiB} GiB) is kept${d.why === null ? '' : `, its data are not exported: ${d.why}`}; it costs ${d.usdPerHour === null ? 'by the hour, at a price that is not known' : `$${d.usdPerHour.toFixed(2)} an hour`}`,
  ),
  'fleet.kept': event<{ fleet: string; nodes: number; down: string }>(
    'info',
    (d) => `${d.fleet}: ${d.nodes} nodes kept; remove them with: ${d.down}`,
  ),
  'lease.renewed': event<{ fleet: string; nodes: number; endsAt: number | null; leftS: number | null }>('info', (d) =>
    d.endsAt === null
      ? `${d.fleet}: its ${d.nodes} nodes never end by themselves`
      : `${d.fleet}: ends itself at ${clockTime(d.endsAt, d.leftS)} unless it is used; keep it with: muster renew ${d.fleet} --for 4h`,
  ),
  'image.begun': event<{ image: string; name: string; node: string }>(
    'info',
    (d) => `image ${d.image} (${d.name}) is being made of ${d.node}`,
  ),
  'image.pending': event<{ image: string; ms: number }>(
    'info',
    (d) => `image ${d.image}: pending for ${seconds(d.ms)}`,
  ),
  'image.baked': event<{ fleet: string; image: string; name: string; contents: string; ms: number }>(
    'success',
    (d) => `image ${d.image} (${d.name}) for ${d.fleet} is available after ${seconds(d.ms)}`,
  ),
  'node.reclaimed': event<{ job: string; node: string; at: number }>(
    'warning',
    (d) => `job ${d.job}: ${d.node} is a Spot node and will be reclaimed at ${clockTime(d.at, 0)}`,
  ),
  'transfer.progress': event<{ what: 'upload' | 'download'; name: string; done: number; total: number | null }>(
    'debug',
    (d) => `${d.what} ${d.name}: ${size(d.done)}${d.total === null ? '' : ` of ${size(d.total)}`}`,
  ),
  'transfer.done': event<{ what: 'upload' | 'download'; name: string; bytes: number; ms: number; reused: boolean }>(
    'info',
    (d) => `${d.what} ${d.name}: ${d.reused ? 'already there' : `${size(d.bytes)} in ${seconds(d.ms)}`}`,
  ),
  'job.submitted': event<{ job: string; name: string; launcher: string; nodes: number; tasks: number }>(
    'info',
    (d) => `job ${d.job}: ${d.launcher}, ${d.nodes} nodes, ${d.tasks} tasks`,
  ),
  'job.phase': event<{ job: string; phase: string; sinceMs: number }>('info', (d) => `job ${d.job}: ${d.phase}`),
  'job.first-output': event<{ job: string; sinceReadyMs: number }>(
    'debug',
    (d) => `job ${d.job}: first output ${seconds(d.sinceReadyMs)} after the fleet was ready`,
  ),
  'job.progress': event<{ job: string; percent: number }>('debug', (d) => `job ${d.job}: ${d.percent} %`),
  'job.log-lost': event<{ job: string; source: string; stream: string; atByte: number }>(
    'warning',
    (d) => `job ${d.job}: what ${d.source} wrote to ${d.stream} after byte ${d.atByte} is lost`,
  ),
  'job.ended': event<{ job: string; exitCode: number; outcome: string; message: string; ms: number }>('info', (d) =>
    d.outcome === 'done'
      ? `job ${d.job}: done in ${seconds(d.ms)}`
      : `job ${d.job}: ${d.outcome} with exit code ${d.exitCode} after ${seconds(d.ms)}${d.message === '' ? '' : `: ${d.message}`}`,
  ),
  'results.saved': event<{ job: string; folder: string; files: number }>(
    'success',
    (d) => `results: ${d.folder} (${d.files} ${d.files === 1 ? 'file' : 'files'})`,
  ),
  'price.unknown': event<{ instanceType: string; region: string; reason: string }>(
    'debug',
    (d) => `the price of ${d.instanceType} in ${d.region} is unknown: ${d.reason}`,
  ),
  'quota.unknown': event<{ instanceType: string; purchase: string; reason: string }>(
    'warning',
    (d) => `whether the vCPU quota allows more ${d.instanceType} (${d.purchase}) is unknown: ${d.reason}`,
  ),
  'setup.step': event<{ what: string; reason: string; usdPerHour: number }>(
    'info',
    (d) => `planned: ${d.what}${d.usdPerHour === 0 ? '' : ` at $${d.usdPerHour.toFixed(3)}/h`} (${d.reason})`,
  ),
  'setup.planned': event<{
    goal: 'make' | 'remove'
    steps: number
    usdPerHour: number
    pricesOf: string
    free: boolean
    region: string
  }>(
    'info',
    (d) =>
      `${d.steps} steps ${d.goal === 'make' ? 'set up' : 'take away the setup of'} ${d.region}${
        d.usdPerHour === 0
          ? ''
          : `, for $${d.usdPerHour.toFixed(3)}/h${d.free ? ' on AWS, free here' : ''} (${d.pricesOf})`
      }`,
  ),
  'setup.done': event<{ goal: 'make' | 'remove'; region: string; changes: number; ms: number }>('success', (d) =>
    d.changes === 0
      ? `setup of ${d.region}: already ${d.goal === 'make' ? 'as wanted' : 'gone'}`
      : `setup of ${d.region}: ${d.goal === 'make' ? 'made' : 'removed'} in ${seconds(d.ms)}`,
  ),
  ...LOGIN_EVENTS,
  ...QUEUE_EVENTS,
  warning: event<{ message: string; hint: string | null }>(
    'warning',
    (d) => `${d.message}${d.hint === null ? '' : `; try: ${d.hint}`}`,
  ),
} as const

export type EventType = keyof typeof EVENTS
export type EventData<T extends EventType> = Parameters<(typeof EVENTS)[T]['describe']>[0]
