import { AwsError } from '../../../aws-error.ts'
import { invalidCombination, invalidValue, notImplemented } from '../errors.ts'
import type { LaunchData } from '../input/launch-data.ts'
import { spotPrice } from './prices.ts'

type MarketOptions = LaunchData['InstanceMarketOptions']

/** What a launch's market options may not say: botocore's ec2 model, SpotMarketOptions. */
export function refuseMarketOptions(options: MarketOptions): void {
  const { MarketType, SpotOptions: spot } = options ?? {}
  if (spot === undefined) return
  if (MarketType !== 'spot') throw invalidCombination('SpotOptions can be specified only with the market type spot.')
  if (spot.BlockDurationMinutes !== undefined)
    throw invalidValue('Spot Instances with a defined duration (also known as Spot blocks) are no longer available.')
  if (spot.MaxPrice !== undefined && spot.MaxPrice <= 0)
    throw invalidValue(
      `Value (${spot.MaxPrice}) for parameter price is invalid. "${spot.MaxPrice}" is an invalid spot instance price`,
    )
  if (spot.SpotInstanceType === 'persistent') throw notImplemented('persistent Spot requests')
  const { InstanceInterruptionBehavior: behavior = 'terminate' } = spot
  if (behavior !== 'terminate')
    throw invalidValue(
      `The interruption behavior '${behavior}' is supported only for Spot requests of the type persistent.`,
    )
}

/** The price was offered and is too low: AWS's own sentence, with its figures. Null where it is enough, or no price is known. */
export function priceTooLow(region: string, typeName: string, zoneId: string, offered: number | null): AwsError | null {
  const price = spotPrice(region, typeName, zoneId)
  if (offered === null || price === undefined || offered >= price) return null
  return new AwsError(
    'SpotMaxPriceTooLow',
    `Your Spot request price of ${offered} is lower than the minimum required Spot request fulfillment price of ${price}.`,
  )
}
