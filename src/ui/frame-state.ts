import type { EventData } from '../core/events/registry.ts'
import type { MusterEvent } from '../core/events/event.ts'

/** What the live frame shows: a fold over the events, nothing else. Keys keep the order in which things began. */
export interface FrameState {
  readonly fleets: ReadonlyMap<string, FleetView>
  readonly actions: ReadonlyMap<string, { readonly what: string; readonly startedAt: number }>
  readonly transfers: ReadonlyMap<string, TransferView>
  readonly job: JobView | null
}

export interface FleetView extends EventData<'fleet.stages'> {
  readonly startedAt: number
}

export interface TransferView {
  readonly what: 'upload' | 'download'
  readonly name: string
  readonly done: number
  readonly total: number | null
  /** Bytes and times of the last seconds, for the rate. */
  readonly samples: readonly { readonly at: number; readonly done: number }[]
}

export interface JobView {
  readonly id: string
  readonly phase: string
  readonly since: number
  readonly percent: number | null
}

export const EMPTY_FRAME: FrameState = { fleets: new Map(), actions: new Map(), transfers: new Map(), job: null }

/** Rates are over this long, in milliseconds. */
const RATE_WINDOW_MS = 3000

export function nextFrame(state: FrameState, event: MusterEvent): FrameState {
  return {
    fleets: nextFleets(state.fleets, event),
    actions: nextActions(state.actions, event),
    transfers: nextTransfers(state.transfers, event),
    job: nextJob(state.job, event),
  }
}

function nextFleets(fleets: FrameState['fleets'], event: MusterEvent): FrameState['fleets'] {
  if (event.type === 'fleet.stages') {
    const startedAt = fleets.get(event.data.fleet)?.startedAt ?? event.at
    return put(fleets, event.data.fleet, { ...event.data, startedAt })
  }
  const isSettled = event.type === 'fleet.ready' || event.type === 'fleet.gone' || event.type === 'fleet.kept'
  return isSettled ? without(fleets, event.data.fleet) : fleets
}

function nextActions(actions: FrameState['actions'], event: MusterEvent): FrameState['actions'] {
  if (event.type === 'action.started') {
    return put(actions, event.data.id, { what: event.data.what, startedAt: event.at })
  }
  const hasEnded = event.type === 'action.done' || event.type === 'action.failed' || event.type === 'action.refused'
  return hasEnded ? without(actions, event.data.id) : actions
}

function nextTransfers(transfers: FrameState['transfers'], event: MusterEvent): FrameState['transfers'] {
  if (event.type === 'transfer.progress') {
    const key = transferKey(event.data)
    return put(transfers, key, moved(transfers.get(key) ?? null, event.data, event.at))
  }
  return event.type === 'transfer.done' ? without(transfers, transferKey(event.data)) : transfers
}

function nextJob(job: JobView | null, event: MusterEvent): JobView | null {
  if (event.type === 'job.ended') return null
  if (event.type !== 'job.submitted' && event.type !== 'job.phase' && event.type !== 'job.progress') return job
  const id = event.data.job
  const before = job?.id === id ? job : { id, phase: 'submitted', since: event.at, percent: null }
  if (event.type === 'job.progress') return { ...before, percent: event.data.percent }
  return event.type === 'job.phase' ? { id, phase: event.data.phase, since: event.at, percent: null } : before
}

function moved(view: TransferView | null, data: EventData<'transfer.progress'>, at: number): TransferView {
  const before = view?.samples ?? []
  const recent = before.filter((sample, n) => at - sample.at <= RATE_WINDOW_MS || n === before.length - 1)
  return { ...data, samples: [...recent.slice(-200), { at, done: data.done }] }
}

const transferKey = (data: { readonly what: string; readonly name: string }) => `${data.what} ${data.name}`

function put<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  return new Map(map).set(key, value)
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
