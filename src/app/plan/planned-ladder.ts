import { sayWhy } from '../../core/capacity/left-out.ts'
import { orderOfTrying } from '../../core/capacity/order-of-trying.ts'
import { isOf, recentShortages } from '../../core/capacity/shortage.ts'
import { times } from '../../core/cost/cost.ts'
import type { Climb } from '../capacity/climb.ts'
import type { RaisePlan } from '../results/plan.ts'

/** The ladder for people and for `--json`: in the order of trying, each rung with its price, each way that there is not with its reason. */
export function plannedLadder(
  { ladder, shortages, earlier, priceOf }: Climb,
  nodes: number,
  now: number,
): Pick<RaisePlan, 'rungs' | 'leftOut'> {
  const recent = recentShortages([...earlier, ...shortages], nodes, now)
  return {
    rungs: orderOfTrying(ladder.rungs, recent).map((rung) => {
      const { purchase, instanceType, zone, reservation, usdPerHour } = rung
      return {
        purchase,
        instanceType,
        zone,
        reservation,
        usdPerHour,
        usdPerHourInAll: times(usdPerHour, nodes),
        asOf: usdPerHour === null ? null : (priceOf(purchase, instanceType, zone)?.asOf ?? null),
        refused: recent.findLast((shortage) => isOf(shortage, rung))?.message ?? null,
      }
    }),
    leftOut: ladder.leftOut.map(({ purchase, instanceType, zone, reservation, why }) => {
      return { purchase, instanceType, zone, reservation, why: sayWhy(why) }
    }),
  }
}
