import { isMusterError } from '../../core/errors/muster-error.ts'
import type { ObservedFleet } from '../../core/fleet/observed.ts'
import type { StorageData } from '../../core/fleet/observed-storage.ts'
import type { Action } from '../../core/plan/action.ts'
import { endedExports, type TeardownMemory } from '../../core/plan/storage-fate.ts'
import type { Services } from '../services.ts'
import { isStorageAction, performStorage } from './perform/perform-storage.ts'
import { isRemoval, performTakeDown } from './perform/perform-take-down.ts'
import { withOwnData, type StorageContext } from './perform/storage-context.ts'

/** So long the cloud may go on showing a node as running whose end it has accepted; then it is asked again. */
const ASK_AGAIN_MS = 30_000

export interface TakeDownOptions {
  /** Deletes storage with all that is on it, whatever was agreed. */
  readonly discard: boolean
  /** Called when somebody wants to stop: the teardown itself goes on. */
  onStop?(): void
}

/** What a teardown does and remembers while it goes round. */
export interface Teardown {
  /** What is observed, with what we know better; says how copies go. */
  see(observed: ObservedFleet): ObservedFleet
  memory(): TeardownMemory
  readonly perform: (action: Action) => Promise<void>
  /** An export that cannot be made keeps its file system, and nothing else up. */
  readonly canGoOn: (error: unknown) => boolean
  /** When a copy was seen under way last, in milliseconds since the epoch; 0 is never. */
  copiedAt(): number
}

export function teardown(
  fleet: string,
  { discard }: TakeDownOptions,
  services: Services,
  signal: AbortSignal,
): Teardown {
  const { clock } = services
  const asked = new Map<string, number>()
  const failed = new Map<string, string>()
  const marked = new Map<string, StorageData>()
  const said = new Map<string, string>()
  let old: ReadonlySet<string> | null = null
  let last: ObservedFleet | null = null
  let copiedAt = 0
  const find = (id: string) => last?.storage.find((one) => one.id === id)
  const context: StorageContext = { fleet, services, signal, find, marked, begun: new Set() }

  async function perform(action: Action): Promise<void> {
    if (isRemoval(action)) {
      await performTakeDown(action, services)
      if (action.kind === 'terminate-nodes') for (const id of action.nodeIds) asked.set(id, clock.now())
      return
    }
    if (!isStorageAction(action)) throw new TypeError(`${action.kind} removes nothing`)
    try {
      await performStorage(action, context)
    } catch (error) {
      // Nodes that cannot be flushed stay: ending them could lose what they hold.
      const isPassing = isMusterError(error, 'CloudUnreachable', 'Throttled')
      if (EXPORTING.has(action.kind) && !isPassing && error instanceof Error) {
        failed.set(action.storageId, error.message)
      }
      throw error
    }
  }
  return {
    see(observed) {
      old ??= endedExports(observed)
      last = withOwnData(observed, marked)
      for (const { id, tasks } of last.storage) {
        const task = tasks.find(({ state }) => state === 'active')
        if (!task) continue
        copiedAt = clock.now()
        const count = { done: task.succeeded, failed: task.failed, total: task.total }
        if (said.get(task.id) === JSON.stringify(count)) continue
        said.set(task.id, JSON.stringify(count))
        services.events.emit('storage.copying', { fleet, storage: id, what: task.kind, ...count })
      }
      return last
    },
    memory: () => ({
      asked: new Set([...asked].filter(([, at]) => clock.now() - at < ASK_AGAIN_MS).map(([id]) => id)),
      discard,
      failed,
      old: old ?? new Set(),
    }),
    perform,
    canGoOn: (error) => failed.size > 0 && error instanceof Error && [...failed.values()].includes(error.message),
    copiedAt: () => copiedAt,
  }
}

const EXPORTING: ReadonlySet<string> = new Set<Action['kind']>(['link-storage', 'export-storage', 'check-export'])
