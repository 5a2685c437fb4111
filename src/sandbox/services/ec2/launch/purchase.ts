import { notImplemented } from '../errors.ts'
import type { LaunchRequest } from './request.ts'

/** How the instances are paid for, from a launch's market or a fleet's capacity type. */
export function purchaseOf(market: string | undefined): LaunchRequest['purchase'] {
  switch (market) {
    case undefined:
    case 'on-demand':
      return 'on-demand'
    case 'spot':
      return 'spot'
    default:
      // Capacity blocks and reservations would have to be bought first.
      throw notImplemented(`the purchase option '${market}'`)
  }
}
