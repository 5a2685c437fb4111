import { bar } from './bar.ts'
import type { FleetView, FrameState, JobView, TransferView } from './frame-state.ts'
import { sanitise } from './sanitise.ts'
import type { Theme } from './theme.ts'
import { showBytes, showDuration, showRate } from './units.ts'
import { cut, fill, textWidth } from './width.ts'

export interface FrameView {
  readonly now: number
  readonly columns: number
  readonly rows: number
  readonly theme: Theme
}

/** The live frame as lines, none wider than the terminal and together never higher: pure, so that tests can read it. */
export function drawFrame(state: FrameState, view: FrameView): string[] {
  const lines = [
    ...[...state.fleets.values()].map((fleet) => fleetLine(fleet, view)),
    ...[...state.actions.values()].map(({ what, startedAt }) => timed(`  ${sanitise(what)}`, startedAt, view)),
    ...[...state.transfers.values()].map((transfer) => transferLine(transfer, view)),
    ...(state.job === null ? [] : [jobLine(state.job, view)]),
  ]
  const most = Math.max(1, view.rows - 2)
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), `  and ${lines.length - most + 1} more`]
  return shown.map((line) => cut(line, frameColumns(view)))
}

/** The last column stays free: writing into it wraps on some terminals. */
const frameColumns = (view: FrameView) => Math.max(1, Math.min(view.columns - 1, 120))

function fleetLine(fleet: FleetView, view: FrameView): string {
  const counts = Object.entries(fleet.counts)
    .filter(([, count]) => count > 0)
    .map(([stage, count]) => `${count} ${stage}`)
  const storage = fleet.storage === null ? [] : [`storage ${fleet.storage}`]
  const text = sanitise([...(counts.length === 0 ? ['no nodes'] : counts), ...storage].join(', '))
  return timed(`${view.theme.name(sanitise(fleet.fleet))}  ${text}`, fleet.startedAt, view)
}

function transferLine(transfer: TransferView, view: FrameView): string {
  const { theme } = view
  const name = theme.name(sanitise(`${transfer.what} ${transfer.name}`))
  const first = transfer.samples[0]
  const last = transfer.samples.at(-1)
  const rate = first && last && last !== first ? showRate(last.done - first.done, last.at - first.at) : ''
  if (transfer.total === null) return `${name}  ${showBytes(transfer.done)}  ${rate}`
  const percent = transfer.total === 0 ? 100 : (transfer.done / transfer.total) * 100
  return `${name}  ${bar(percent, barColumns(view), theme)}  ${showBytes(transfer.done)} of ${showBytes(transfer.total)}  ${rate}`
}

function jobLine(job: JobView, view: FrameView): string {
  const name = `${view.theme.name(sanitise(job.id))}  ${sanitise(job.phase)}`
  if (job.percent === null) return timed(name, job.since, view)
  return timed(`${name}  ${bar(job.percent, barColumns(view), view.theme)}`, job.since, view)
}

const barColumns = (view: FrameView) => Math.max(5, Math.min(30, Math.floor(frameColumns(view) / 4)))

/** The text, cut if it must be, and at the right how long it has been so. */
function timed(text: string, since: number, view: FrameView): string {
  const time = showDuration(view.now - since)
  const room = frameColumns(view) - textWidth(time) - 2
  return room < 8 ? text : `${fill(cut(text, room), room)}  ${view.theme.faint(time)}`
}
