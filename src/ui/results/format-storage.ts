import { describeContract } from '../../core/fleet/describe-storage.ts'
import type { OnTeardown } from '../../core/fleet/storage-spec.ts'
import { sanitise } from '../sanitise.ts'
import { table } from '../table.ts'
import type { Theme } from '../theme.ts'
import { showDuration, showMoney } from '../units.ts'
import { headline } from './result-line.ts'

export interface StorageListView {
  readonly theme: Theme
  readonly now: number
  readonly columns?: number | undefined
}

export interface StorageListSummary {
  readonly cloud: string
  readonly region: string
  readonly account: string
  readonly storage: readonly {
    readonly id: string
    readonly fleet: string
    readonly state: string
    readonly capacityGiB: number
    readonly onTeardown: OnTeardown
    readonly exportTo: string | null
    readonly data: string
    readonly usdPerHour: number | null
    readonly createdAt: number
  }[]
}

/** `muster storage list`. */
export function formatStorageList(list: StorageListSummary, { theme, now, columns }: StorageListView): string[] {
  const place = theme.faint(sanitise(`${list.cloud}, region ${list.region}, account ${list.account}`))
  if (list.storage.length === 0) return [place, 'no storage']
  const price = list.cloud === 'sandbox' ? '$/H ON AWS' : '$/H'
  const titles = [
    { title: 'STORAGE' },
    { title: 'FLEET' },
    { title: 'STATE' },
    { title: 'SIZE', side: 'right' as const },
    { title: price, side: 'right' as const },
    { title: 'DATA' },
    { title: 'CONTRACT', flexible: true },
    { title: 'AGE', side: 'right' as const },
  ]
  const rows = list.storage.map((one) => [
    one.id,
    one.fleet,
    one.state,
    `${one.capacityGiB} GiB`,
    one.usdPerHour === null ? 'unknown' : showMoney(one.usdPerHour),
    one.data === 'none' ? '-' : one.data,
    describeContract(one),
    showDuration(now - one.createdAt),
  ])
  return [place, ...table(titles, rows, columns)]
}

/** `muster storage create`. */
export function formatStorageCreated(
  {
    fleet,
    id,
    zone,
    existed,
  }: { readonly fleet: string; readonly id: string; readonly zone: string; readonly existed: boolean },
  theme: Theme,
): string[] {
  const what = existed ? `is the storage of ${fleet} already` : `is being made for ${fleet}`
  return [headline(true, `${id} ${what}, in ${zone}; muster up ${fleet} mounts it`, theme)]
}
