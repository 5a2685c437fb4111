import type { Services } from '../services.ts'

/**
 * How often the queue is looked at, in milliseconds: whether somebody has written to it, which costs next to nothing, every `look`; all
 * of it, with fleets and runs, once in `most`, and after what somebody has written, but not before `least`: each look asks AWS.
 */
const RHYTHM = { sandbox: { look: 100, least: 100, most: 500 }, aws: { look: 250, least: 1000, most: 5000 } } as const

/** Waits until the next tick is due. `seen` is the queue's revision before the last one: whatever came since is not waited with. */
export async function awaitChange(
  seen: number,
  { queue, clock, cloud }: Pick<Services, 'queue' | 'clock' | 'cloud'>,
  signal: AbortSignal,
): Promise<void> {
  const { look, least, most } = RHYTHM[cloud.name]
  for (let waited = look; ; waited += look) {
    await clock.sleep(look, signal)
    if (waited >= most || (waited >= least && (await queue.revision()) !== seen)) return
  }
}
