import type { Clock } from '../../ports/clock.ts'

/** A node says every five seconds that its tasks live; one of which we have seen the same word for so long is asked, in milliseconds. */
const STALLED_MS = 60_000

/** Tasks of which their nodes, though they live, say nothing new: what runs them there may have been killed. */
export interface Stalls {
  /** `saidAt` is the node's clock, which need not be ours: what counts is how long it has been the same. */
  readonly heard: (task: string, saidAt: number) => void
  /** True once for as long as a word may take. */
  readonly isStalled: (task: string) => boolean
}

export function watchStalls(clock: Clock): Stalls {
  const heard = new Map<string, { readonly saidAt: number; readonly since: number }>()
  return {
    heard: (task, saidAt) => {
      if (heard.get(task)?.saidAt !== saidAt) heard.set(task, { saidAt, since: clock.now() })
    },
    isStalled: (task) => {
      const last = heard.get(task)
      if (last === undefined || clock.now() - last.since < STALLED_MS) return false
      heard.set(task, { ...last, since: clock.now() })
      return true
    },
  }
}
