/**
 * How many nodes of one cohort are free, from now on: a step function of time. Times in milliseconds since the epoch, the last step
 * lasts for ever. Taking nodes that are not there is a mistake of the caller.
 */
export interface Profile {
  /** The earliest time from which `count` nodes stay free for `durationMs`; Infinity where there is none. */
  earliest(count: number, durationMs: number): number
  /** Whether `count` nodes are free during the whole time. */
  isFree(count: number, from: number, until: number): boolean
  take(count: number, from: number, until: number): void
  /** For each node the time from which it is free for good, ascending; one that never is is left out. */
  freed(): number[]
  /** Free at the very beginning. */
  freeNow(): number
}

/** `busy` are nodes that become free at a time; Infinity where never. */
export function profileOf(now: number, total: number, busy: readonly number[]): Profile {
  const ends = busy.toSorted((a, b) => a - b)
  const times = [now]
  const free = [total - ends.length]
  for (const end of ends) {
    if (end === Infinity) continue
    if (end <= times.at(-1)!) {
      free[free.length - 1]! += 1
      continue
    }
    times.push(end)
    free.push(free.at(-1)! + 1)
  }

  /** The step that holds at a time: binary search. */
  const stepAt = (time: number): number => {
    let low = 0
    let high = times.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (times[middle]! <= time) low = middle
      else high = middle - 1
    }
    return low
  }

  /** Makes a step begin at this time; returns its index. */
  const cutAt = (time: number): number => {
    const step = stepAt(time)
    if (times[step] === time || time < now) return step
    times.splice(step + 1, 0, time)
    free.splice(step + 1, 0, free[step]!)
    return step + 1
  }

  return {
    earliest: (count, durationMs) => {
      if (count > total) return Infinity
      let start = 0
      for (let step = 0; step < times.length; step += 1) {
        if (free[step]! < count) start = step + 1
        else if ((times[step + 1] ?? Infinity) - times[start]! >= durationMs) break
      }
      return times[start] ?? Infinity
    },
    isFree: (count, from, until) => {
      for (let step = stepAt(from); step < times.length && times[step]! < until; step += 1) {
        if (free[step]! < count) return false
      }
      return true
    },
    take: (count, from, until) => {
      if (until <= from) return
      const first = cutAt(from)
      const last = until === Infinity ? times.length : cutAt(until)
      for (let step = first; step < last; step += 1) free[step]! -= count
    },
    freed: () => {
      // So many stay free from each step on.
      const lasting = free.map((count) => Math.max(0, count))
      for (let step = lasting.length - 2; step >= 0; step -= 1) {
        lasting[step] = Math.min(lasting[step]!, lasting[step + 1]!)
      }
      return lasting.flatMap((count, step) => {
        const more = count - (lasting[step - 1] ?? 0)
        return Array.from({ length: more }, () => times[step]!)
      })
    },
    freeNow: () => free[0]!,
  }
}
