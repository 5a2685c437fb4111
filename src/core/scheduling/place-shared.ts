import { holdTimeOf, type CohortBook, type SharedNode } from './cohort-book.ts'
import type { Placement, Waiting } from './input.ts'

/**
 * Puts a task beside others on a node that is shared already: the fullest that has room, so that nodes become free again. It may
 * keep its node longer than the others do only where nobody was promised the node.
 */
export function placeBeside(task: Waiting, cores: number, books: readonly CohortBook[], now: number): Placement | null {
  const end = now + holdTimeOf(task.limitMs)
  let best: { readonly book: CohortBook; readonly node: SharedNode } | null = null
  for (const book of books) {
    for (const node of book.shared) {
      if (node.coresFree < cores) continue
      if (best !== null && best.node.coresFree <= node.coresFree) continue
      if (end > node.until && !book.profile.isFree(1, node.until, end)) continue
      best = { book, node }
      if (node.coresFree === cores) return settle(task, cores, best.book, best.node, end)
    }
  }
  return best === null ? null : settle(task, cores, best.book, best.node, end)
}

function settle(task: Waiting, cores: number, book: CohortBook, node: SharedNode, end: number): Placement {
  if (end > node.until) {
    book.profile.take(1, node.until, end)
    node.until = end
  }
  node.coresFree -= cores
  if (node.coresFree <= 0) book.shared.splice(book.shared.indexOf(node), 1)
  return { task: task.task, fleet: task.fleet, cohort: book.name, nodeIds: [node.id] }
}

/** Opens a node of the cohort for sharing: its first task has been placed on it. */
export function openShared(book: CohortBook, id: string, coresFree: number, until: number): void {
  if (coresFree > 0) book.shared.push({ id, coresFree, until })
}
