import type { Sum } from '../../core/cost/cost.ts'
import { showMoney } from '../units.ts'

/** `$6.73`, `at least $6.73` where a part has no price, `price unknown` where none has. Never 0 for what is unknown. */
export function showSum({ total, known }: Sum, unit = ''): string {
  if (total !== null) return `${showMoney(total)}${unit}`
  return known === null ? 'price unknown' : `at least ${showMoney(known)}${unit}`
}

/** Said beside every price in the sandbox, whose machines cost nothing. */
export function moneyTitle(cloud: string): string {
  return cloud === 'sandbox' ? 'would cost on AWS (the sandbox is free)' : 'costs, on demand, before tax and discounts'
}
