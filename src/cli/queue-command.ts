import type { Services } from '../app/services.ts'
import type { Settings } from '../config/settings.ts'
import { CloudCommand, type CloudFlags } from './cloud-command.ts'
import { systemClock } from './clock.ts'
import type { Console } from './console.ts'
import { musterHome } from './home.ts'

/** What a command works with that reads or writes the queue alone. */
export interface QueueSession {
  readonly settings: Settings
  readonly region: string
  readonly console: Console
  readonly services: Pick<Services, 'queue' | 'ledger' | 'clock'>
}

/** A command of the queue: its store is on this machine, so no cloud is asked, none is started and no SDK is loaded. */
export abstract class QueueCommand<T> extends CloudCommand<T> {
  protected override readonly isReader: boolean = true

  /** Throws ConfigInvalid, UsageInvalid, StoreNewer, StoreDamaged. */
  protected async openQueue(flags: CloudFlags): Promise<QueueSession> {
    const { settings, console } = await this.open(flags)
    const { openStore, regionOf } = await import('./compose.ts')
    const region = await regionOf(settings)
    const store = openStore(musterHome(process.env), settings.cloud, region)
    this.onEnd(() => store.close())
    return { settings, region, console, services: { queue: store, ledger: store, clock: systemClock } }
  }
}
