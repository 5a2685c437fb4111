import type { CohortBook } from './cohort-book.ts'
import type { Room, Waiting } from './input.ts'

/**
 * A task that no cohort could hold on a fleet that may not grow by so much: it begins once so many nodes of small cohorts have ended
 * that its own cohort can come. They are those that are free first, whatever their cohorts; from when they all are nobody who comes
 * later has them, so that the time never moves away from the task. Until then tasks that end before it may use them (backfill).
 *
 * Returns false where nothing has to be kept free: its cohort comes, or there may be one, or so many nodes there can never be.
 */
export function leaveRoom(task: Waiting, books: readonly CohortBook[], room: Room): boolean {
  const missing = task.nodes - room.more
  if (missing <= 0 || room.coming >= task.nodes) return false
  const first = freedFirst(missing, books)
  if (first.length < missing) return false
  const from = first.at(-1)!.at
  for (const { book } of first) book.profile.take(1, from, Infinity)
  return true
}

/** Where a fleet has more nodes than it may have: those that are free first, each from when it is. */
export function leaveExcess(books: readonly CohortBook[], room: Room): void {
  if (room.more >= 0) return
  for (const { book, at } of freedFirst(-room.more, books)) book.profile.take(1, at, Infinity)
}

/** When nodes become free for good, the first of them, ascending. */
function freedFirst(count: number, books: readonly CohortBook[]): { readonly at: number; readonly book: CohortBook }[] {
  return books
    .flatMap((book) => book.profile.freed().map((at) => ({ at, book })))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
}
