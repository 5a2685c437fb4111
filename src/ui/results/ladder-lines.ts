import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import { showMoney } from '../units.ts'
import { count } from '../../kit/count.ts'

/** The ways to get a fleet's nodes, as a plan tells them. */
export interface LadderSummary {
  readonly rungs: readonly {
    readonly purchase: string
    readonly instanceType: string
    readonly zone: string
    readonly reservation: string | null
    readonly usdPerHourInAll: number | null
    readonly refused: string | null
  }[]
  readonly leftOut: readonly {
    readonly purchase: string
    readonly instanceType: string
    readonly zone: string | null
    readonly reservation: string | null
    readonly why: string
  }[]
}

/** More lines than this help nobody; `--json` has them all. */
const MOST_SHOWN = 12

const TITLES = [
  { title: 'TRY', side: 'right' },
  { title: 'PURCHASE' },
  { title: 'TYPE' },
  { title: 'ZONE' },
  { title: '$/H', side: 'right' },
  { title: 'NOTE', flexible: true },
] as const

/** Each way in the order of trying with its price, then each that there is not with its reason; nothing where no nodes are needed. */
export function ladderLines({ rungs, leftOut }: LadderSummary, columns?: number): string[] {
  if (rungs.length + leftOut.length === 0) return []
  const shown = rungs.slice(0, MOST_SHOWN)
  const rows = shown.map(({ purchase, instanceType, zone, reservation, usdPerHourInAll, refused }, at) => [
    String(at + 1),
    purchase,
    instanceType,
    zone,
    usdPerHourInAll === null ? 'unknown' : showMoney(usdPerHourInAll),
    [...(reservation === null ? [] : [reservation]), ...(refused === null ? [] : [`no room lately: ${refused}`])].join(
      '; ',
    ),
  ])
  const width = columns === undefined ? undefined : columns - 2
  const more = rungs.length - shown.length
  return [
    `ways to get the nodes, in the order in which they are tried`,
    ...(rows.length === 0 ? [] : table(TITLES, rows, width).map((line) => `  ${line}`)),
    ...(more === 0 ? [] : [`  and ${count(more, 'way')} more`]),
    ...leftOut.slice(0, MOST_SHOWN).map(({ purchase, instanceType, zone, reservation, why }) => {
      const where = [zone, reservation].filter((one) => one !== null).join(' ')
      return sanitise(`  not ${purchase} ${instanceType}${where === '' ? '' : ` ${where}`}: ${why}`)
    }),
    ...(leftOut.length <= MOST_SHOWN ? [] : [`  and ${leftOut.length - MOST_SHOWN} more that there are not`]),
  ]
}
