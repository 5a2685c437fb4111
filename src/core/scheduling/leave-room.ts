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
  const from = firstTime(missing, books)
  if (from === null) return false
  let left = missing
  for (const book of books) {
    const nodes = Math.min(left, book.profile.lasting(from))
    if (nodes > 0) book.profile.take(nodes, from, Infinity)
    left -= nodes
  }
  return true
}

/** The first time from which so many nodes stay free for ever; null where there is none. */
function firstTime(nodes: number, books: readonly CohortBook[]): number | null {
  const times = [...new Set(books.flatMap((book) => book.profile.times()))].toSorted((a, b) => a - b)
  const isEnough = (time: number) => books.reduce((sum, book) => sum + book.profile.lasting(time), 0) >= nodes
  // Free for ever are the more the later: binary search.
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isEnough(times[middle]!)) high = middle
    else low = middle + 1
  }
  return times[low] ?? null
}
