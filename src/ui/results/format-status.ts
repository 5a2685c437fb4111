import type { Sum } from '../../core/cost/cost.ts'
import type { FleetStatus, JobStatus, StatusResult } from '../../app/results/status.ts'
import { clockTime } from '../../core/events/clock-time.ts'
import { isFixedEnd } from '../../core/events/say-end.ts'
import { describeContract } from '../../core/fleet/describe-storage.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration, showMoney } from '../units.ts'
import { showSum } from './money.ts'

export interface StatusView {
  readonly theme: Theme
  readonly now: number
  readonly columns?: number | undefined
  /** Every node with all that is known of it. */
  readonly nodes?: boolean
}

/** The whole of `muster status`: where we are, the fleets with their nodes and storage, the jobs, the newest first. */
export function formatStatus(status: StatusResult, view: StatusView): string[] {
  const place = `${status.cloud}, region ${status.region}, account ${status.account}`
  const fleets =
    status.fleets.length === 0 ? ['no fleets'] : status.fleets.flatMap((fleet) => fleetLines(fleet, status.cloud, view))
  return [
    view.theme.faint(sanitise(place)),
    ...fleets,
    ...(status.jobs.length === 0 ? ['no jobs'] : jobLines(status.jobs, view)),
  ]
}

function fleetLines(fleet: FleetStatus, cloud: string, view: StatusView): string[] {
  const what = fleet.instanceType === null ? '' : `, ${fleet.nodes.length} x ${fleet.instanceType}`
  const since = fleet.since === null ? '' : `, for ${showDuration(view.now - fleet.since)}`
  const storage = fleet.storage.map(
    (one) =>
      `  storage ${one.id} ${one.state}, ${one.capacityGiB} GiB, ${describeContract(one)}${one.unexported ? ' (not exported yet)' : ''}`,
  )
  const { titles, rows } = view.nodes === true ? wholeTable(fleet, view.now) : shortTable(fleet, view.now)
  const width = view.columns === undefined ? undefined : view.columns - 2
  return [
    '',
    `${view.theme.strong(sanitise(fleet.name))}${sanitise(`: ${fleet.state}${what}${since}`)}`,
    ...storage.map(sanitise),
    ...moneyLines(fleet.money, cloud),
    ...leaseLines(fleet, view.now),
    ...badLines(fleet, view),
    ...mostLines(fleet, view),
    ...(rows.length === 0 ? [] : table(titles, rows, width).map((line) => `  ${line}`)),
  ]
}

interface NodeTable {
  readonly titles: readonly { readonly title: string; readonly flexible?: boolean }[]
  readonly rows: readonly (readonly string[])[]
}

function shortTable({ nodes }: FleetStatus, now: number): NodeTable {
  const cohorts = new Set(nodes.map((node) => node.cohort))
  const rows = nodes.map((node) => [
    cohorts.size > 1 ? `${node.cohort}/${node.name}` : node.name,
    node.id,
    node.ip ?? '-',
    node.zone,
    node.state,
    showDuration(now - node.since),
    node.usd === null ? '-' : showMoney(node.usd),
  ])
  return { titles: ['NODE', 'INSTANCE', 'IP', 'ZONE', 'STATE', 'SINCE', 'COST'].map((title) => ({ title })), rows }
}

function wholeTable({ nodes }: FleetStatus, now: number): NodeTable {
  const rows = nodes.map((node) => [
    node.id,
    node.cohort,
    node.rank === null ? '-' : String(node.rank),
    node.ip ?? '-',
    node.zone,
    node.topology.length === 0 ? 'unknown' : node.topology.join(' > '),
    node.purchase,
    node.state,
    showDuration(now - node.since),
    node.usd === null ? '-' : showMoney(node.usd),
  ])
  const titles = ['INSTANCE', 'COHORT', 'RANK', 'IP', 'ZONE', 'TOPOLOGY', 'PURCHASE', 'STAGE', 'SINCE', 'COST']
  return { titles: titles.map((title) => ({ title, flexible: title === 'TOPOLOGY' })), rows }
}

/** Each by name: it costs, and nothing is placed on it. */
function badLines({ quarantined }: FleetStatus, { now, theme }: StatusView): string[] {
  return quarantined.flatMap(({ id, since, why, usdPerHour }) => {
    const price = usdPerHour === null ? 'price unknown' : `${showMoney(usdPerHour)}/h`
    const what = `${id} was quarantined ${showDuration(now - since)} ago${why === '' ? '' : `: ${why}`} (${price})`
    return [
      theme.warning(sanitise(`  ${what}`)),
      theme.faint(sanitise(`    well after all? muster quarantine ${id} --release`)),
    ]
  })
}

/** The nodes keep that time themselves; a job makes it later without telling us. */
function leaseLines({ name, endsAt, most }: FleetStatus, now: number): string[] {
  // Then the next line says all.
  if (endsAt === null || isFixedEnd({ endsAt, mostAt: most?.at ?? null })) return []
  if (endsAt <= now) return ['  its lease is over: it ends itself as soon as no job runs on it']
  const time = clockTime(endsAt, (endsAt - now) / 1000)
  return [sanitise(`  ends itself at ${time} unless it is used; keep it with: muster renew ${name} --for 4h`)]
}

/** An hour before nodes end under whatever runs there, it is a warning. */
const NEAR_MS = 3_600_000

function mostLines({ most }: FleetStatus, { now, theme }: StatusView): string[] {
  if (most === null) return []
  const left = most.at - now
  const when = left <= 0 ? 'now' : `at ${clockTime(most.at, left / 1000)}`
  const key = most.why === 'maximum life' ? 'maxLife' : 'limits.total'
  const line = `  its first nodes end ${when}, whatever runs on them: ${most.why} (${key})`
  return [left < NEAR_MS ? theme.warning(line) : line]
}

/** Nothing that is paid by the hour: no line. */
function moneyLines({ parts, usdPerHour, spentUsd, totalUsd }: FleetStatus['money'], cloud: string): string[] {
  if (parts.length === 0) return []
  const verb = cloud === 'sandbox' ? 'would cost on AWS' : 'costs'
  const unknown = parts.filter((part) => part.usdPerHour === null).map((part) => part.what)
  // What is gone of it has cost as well.
  const isMore = (totalUsd.known ?? 0) - (spentUsd.known ?? 0) >= 0.01
  const before = isMore ? `, with all that is gone ${showSum(totalUsd)}` : ''
  const without = unknown.length === 0 || usdPerHour.known === null ? '' : `; price unknown: ${unknown.join(', ')}`
  return [sanitise(`  ${verb}: now ${showSum(usdPerHour, '/h')}, so far ${showSum(spentUsd)}${before}${without}`)]
}

function jobLines(jobs: readonly JobStatus[], view: StatusView): string[] {
  const rows = jobs.map((job) => [
    job.id,
    job.name,
    job.fleet,
    job.phase,
    job.exitCode === null ? '-' : String(job.exitCode),
    `${showDuration(view.now - job.submittedAt)} ago`,
  ])
  const columns = [
    { title: 'JOB' },
    { title: 'NAME', flexible: true },
    { title: 'FLEET' },
    { title: 'PHASE' },
    { title: 'EXIT', side: 'right' as const },
    { title: 'SUBMITTED', side: 'right' as const },
  ]
  return ['', ...table(columns, rows, view.columns)]
}
