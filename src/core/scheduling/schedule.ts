import { compareText } from '../../kit/compare-text.ts'
import { holdTimeOf, openBook, type CohortBook } from './cohort-book.ts'
import type { Holding, NotPlaced, Placement, Room, Schedule, ScheduleInput, Waiting } from './input.ts'
import { leaveExcess, leaveRoom } from './leave-room.ts'
import { inQueueOrder } from './order.ts'
import { openShared, placeBeside } from './place-shared.ts'

/**
 * For how many tasks of a fleet that cannot start yet a time is promised. What comes after them in the queue waits until there are
 * fewer: so a pass takes the same time however long the queue is, and nobody who was promised a time is delayed.
 */
const PROMISES = 500

const BOUNDLESS: Room = { more: Infinity, coming: 0 }

/**
 * Which of the waiting tasks start now, and on which nodes. By priority, then first come; all nodes of a task in one cohort; a task
 * starts before others that came first only where it delays none of them, by the time limits of all (conservative backfill:
 * Mu'alem and Feitelson, IEEE TPDS 12(6), 2001). Nodes are kept free for one that needs a cohort which there is no room for yet.
 * Pure, and the same for the same input in any order.
 */
export function schedule(input: ScheduleInput): Schedule {
  const held = Map.groupBy(
    input.holdings.flatMap((holding) => holding.nodeIds.map((node) => ({ node, holding }))),
    ({ node }) => node,
  )
  const byNode = new Map([...held].map(([node, entries]) => [node, entries.map(({ holding }) => holding)]))
  const placements: Placement[] = []
  const notPlaced = new Map<string, NotPlaced>()
  for (const [fleet, waiting] of Map.groupBy(input.waiting, (task) => task.fleet)) {
    const cohorts = input.cohorts
      .filter((cohort) => cohort.fleet === fleet)
      .toSorted((a, b) => compareText(a.name, b.name))
    const books = cohorts.map((cohort) => openBook(cohort, byNode satisfies ReadonlyMap<string, Holding[]>, input.now))
    scheduleFleet(
      waiting.toSorted(inQueueOrder),
      books,
      input.now,
      input.room?.get(fleet) ?? BOUNDLESS,
      placements,
      notPlaced,
    )
  }
  return { placements, notPlaced }
}

function scheduleFleet(
  waiting: readonly Waiting[],
  books: readonly CohortBook[],
  now: number,
  room: Room,
  placements: Placement[],
  notPlaced: Map<string, NotPlaced>,
): void {
  const largest = Math.max(0, ...books.map((book) => book.size))
  let promised = 0
  let isRoomLeft = false
  leaveExcess(books, room)
  for (const task of waiting) {
    if (task.nodes > largest) {
      notPlaced.set(task.task, { kind: 'no-cohort', nodes: task.nodes, largest })
      // One after the other: when the first of them has its cohort, the next is the first.
      isRoomLeft ||= leaveRoom(task, books, room)
      continue
    }
    if (promised >= PROMISES || !hasRoom(books)) {
      notPlaced.set(task.task, { kind: 'behind-others' })
      continue
    }
    const beside = task.cores === null ? null : placeBeside(task, task.cores, books, now)
    if (beside) {
      placements.push(beside)
      continue
    }
    const { book, from } = earliestOf(task, books)
    if (from === Infinity) {
      notPlaced.set(task.task, { kind: 'behind-others' })
      continue
    }
    const until = from + holdTimeOf(task.limitMs)
    book.profile.take(task.nodes, from, until)
    if (from > now) {
      promised += 1
      notPlaced.set(task.task, { kind: 'nodes-busy', nodes: task.nodes, from })
      continue
    }
    const nodes = book.idle.splice(0, task.nodes)
    const [first] = nodes
    if (task.cores !== null && first) openShared(book, first.id, first.cores - task.cores, until)
    placements.push({ task: task.task, fleet: task.fleet, cohort: book.name, nodeIds: nodes.map((node) => node.id) })
  }
}

/** Whether anything at all could start now. */
function hasRoom(books: readonly CohortBook[]): boolean {
  return books.some((book) => book.idle.length > 0 || book.shared.length > 0)
}

/** The cohort in which the task starts first; among equals the one that it fills best, so that large ones stay whole. */
function earliestOf(task: Waiting, books: readonly CohortBook[]): { readonly book: CohortBook; readonly from: number } {
  const able = books
    .filter((book) => book.size >= task.nodes)
    .map((book) => ({ book, from: book.profile.earliest(task.nodes, holdTimeOf(task.limitMs)) }))
    .toSorted((a, b) => a.from - b.from || a.book.idle.length - b.book.idle.length || a.book.size - b.book.size)
  const best = able[0]
  if (!best) throw new TypeError(`no cohort has ${task.nodes} nodes`)
  return best
}
