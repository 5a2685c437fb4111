import { sleep } from '../../src/kit/sleep.ts'
import type { Rehearsal } from './rehearse.ts'
import { until } from './until.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Has the queue worked, and kills whoever works it with SIGKILL so many times, each at a moment of its own while it leads, up to so long
 * after it took the lead; the next is started at once. Resolves with how many died so: fewer where the queue was drained before.
 */
export async function killWorkers(
  rehearsal: Rehearsal,
  { times, withinMs, random }: { readonly times: number; readonly withinMs: number; readonly random: () => number },
): Promise<number> {
  for (let killed = 0; killed < times; killed += 1) {
    const worker = rehearsal.start('work', '--until-drained')
    await until('it leads', async () => /working the queue|queue was worked/.test(worker.stderr() + worker.stdout()))
    const over = await Promise.race([worker.ended, sleep(random() * withinMs)])
    if (over) return killed
    worker.process.kill('SIGKILL')
    await worker.ended
  }
  return times
}
