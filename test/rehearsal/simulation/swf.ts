import { HOUR, type SimulatedTask } from './load.ts'

/**
 * A recorded workload in the Standard Workload Format (Chapin et al., "Benchmarks and Standards for the Evaluation of Parallel Job
 * Schedulers", 1999; the Parallel Workloads Archive describes its fields): a job a line, comments begin with a semicolon, -1 is unknown.
 */
const SUBMIT_S = 1
const RUN_S = 3
const ALLOCATED = 4
const REQUESTED = 7
const LIMIT_S = 8

const WEEK_MS = 7 * 24 * HOUR

/** Jobs that ran, in the order of their submission. One processor of a node with several is shared; more are whole nodes. */
export function readSwf(text: string, processorsPerNode: number): SimulatedTask[] {
  const began = Number(/^;\s*UnixStartTime:\s*(\d+)/m.exec(text)?.[1] ?? 0) * 1000
  const lines = text.split('\n').filter((line) => /^\s*\d/.test(line))
  return lines
    .flatMap((line, index): SimulatedTask[] => {
      const fields = line.trim().split(/\s+/).map(Number)
      const field = (nth: number) => fields[nth] ?? -1
      const processors = field(REQUESTED) > 0 ? field(REQUESTED) : field(ALLOCATED)
      if (field(RUN_S) <= 0 || processors <= 0) return []
      // What ran beyond its limit was let run there; here the limit would end it.
      const limitMs = field(LIMIT_S) > 0 ? Math.max(field(LIMIT_S), field(RUN_S)) * 1000 : null
      return [
        {
          task: `j${String(index).padStart(7, '0')}`,
          submittedAt: began + field(SUBMIT_S) * 1000,
          index,
          priority: 0,
          nodes: Math.ceil(processors / processorsPerNode),
          cores: processors === 1 && processorsPerNode > 1 ? 1 : null,
          limitMs,
          runMs: field(RUN_S) * 1000,
        },
      ]
    })
    .toSorted((a, b) => a.submittedAt - b.submittedAt || a.index - b.index)
}

/** The week, counted from the first job on, in which the most jobs were submitted. */
export function busiestWeek(tasks: readonly SimulatedTask[]): SimulatedTask[] {
  const first = tasks[0]?.submittedAt ?? 0
  const weeks = [...Map.groupBy(tasks, (task) => Math.floor((task.submittedAt - first) / WEEK_MS)).values()]
  return weeks.toSorted((a, b) => b.length - a.length)[0] ?? []
}
