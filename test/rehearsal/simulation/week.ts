import { rangeInForce } from '../../../src/core/scaling/range-in-force.ts'
import type { ScalingSpec } from '../../../src/core/scaling/policy.ts'
import { parseCron } from '../../../src/kit/cron.ts'
import { HOUR, type SimulatedTask } from './load.ts'
import type { SimulatedWorld } from './simulate.ts'

/** A fleet as it is without what its `scaling:` says. */
export type PlainWorld = Pick<SimulatedWorld, 'max' | 'bootMs' | 'idleMs' | 'coresPerNode'>

/** The week that docs/scaling.md shows: at most 512 nodes of 64 cores that take three minutes to boot, ended after ten idle ones. */
export const WEEK: PlainWorld = { max: 512, bootMs: 180_000, idleMs: 600_000, coresPerNode: 64 }

/** The world in which the tasks run under a policy and its schedules, until all of them are done and the last schedule has fired. */
export async function worldOf(
  { policy, schedules }: ScalingSpec,
  tasks: readonly SimulatedTask[],
  plain: PlainWorld,
): Promise<SimulatedWorld> {
  const from = tasks[0]?.submittedAt ?? 0
  const until = (tasks.at(-1)?.submittedAt ?? 0) + 7 * 24 * HOUR
  const firings = await Promise.all(schedules.map(({ cron, timeZone }) => parseCron(cron, timeZone)))
  const alarms = firings.flatMap((one) => {
    const times: number[] = []
    for (let at = one.next(from); at !== null && at < until; at = one.next(at)) times.push(at)
    return times
  })
  const all = { min: 0, max: plain.max }
  return {
    ...plain,
    policy,
    alarms,
    range: (now) =>
      rangeInForce(
        all,
        schedules,
        firings.map((one) => one.last(now)),
      ),
  }
}
