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
    case 'capacity-block':
      return 'capacity-block'
    default:
      throw notImplemented(`the purchase option '${market}'`)
  }
}
