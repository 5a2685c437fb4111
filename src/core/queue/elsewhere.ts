import { passed, type AttemptRecord, type FailingAt } from './attempt-record.ts'

/** What is known of how attempts went, by node, the oldest first. */
export type NodeRecords = ReadonlyMap<string, readonly AttemptRecord[]>

export interface Votes {
  readonly passes: number
  readonly fails: number
}

/** How jobs and tasks fare on the other nodes: each question is worked out once for all nodes. */
export interface Elsewhere {
  /** Of a job at a point: each other node on which it was tried has one vote, by its newest attempt. */
  votes(job: string, at: FailingAt, node: string): Votes
  /** Whether the very same task got through there later, without this node. */
  passesLater(failure: AttemptRecord, at: FailingAt, node: string): boolean
}

export function elsewhere(records: NodeRecords): Elsewhere {
  const byQuestion = new Map<string, ReadonlyMap<string, boolean>>()
  let byTask: ReadonlyMap<string, readonly AttemptRecord[]> | null = null
  const newest = (job: string, at: FailingAt): ReadonlyMap<string, boolean> => {
    const question = `${at} ${job}`
    const known = byQuestion.get(question) ?? newestVotes(records, job, at)
    byQuestion.set(question, known)
    return known
  }
  return {
    votes: (job, at, node) => {
      const all = newest(job, at)
      const own = all.get(node)
      const passes = [...all.values()].filter(Boolean).length
      const fails = all.size - passes
      return { passes: passes - (own === true ? 1 : 0), fails: fails - (own === false ? 1 : 0) }
    },
    passesLater: ({ task, attempt }, at, node) => {
      byTask ??= Map.groupBy([...records.values()].flat(), (one) => one.task)
      const all = byTask.get(task) ?? []
      return all.some((one) => one.attempt > attempt && !one.nodes.includes(node) && passed(one, at) === true)
    },
  }
}

function newestVotes(records: NodeRecords, job: string, at: FailingAt): ReadonlyMap<string, boolean> {
  const votes = new Map<string, boolean>()
  for (const [node, attempts] of records) {
    const vote = attempts.findLast((one) => one.job === job && tells(one, at, node) !== null)
    if (vote !== undefined) votes.set(node, tells(vote, at, node) === true)
  }
  return votes
}

/** What an attempt says of one of its nodes: a failure of which nobody knows the node says it of all of them. */
function tells(one: AttemptRecord, at: FailingAt, node: string): boolean | null {
  const isPassed = passed(one, at)
  return isPassed === false && one.blamed !== null && one.blamed !== node ? null : isPassed
}
