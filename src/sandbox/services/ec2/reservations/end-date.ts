import { invalidCombination, invalidValue } from '../errors.ts'

/** The end that a request gives a reservation, in milliseconds; null for none. `limited` and `EndDate` go together: botocore's ec2 model. */
export function endDate(
  type: 'limited' | 'unlimited' | undefined,
  date: string | undefined,
  now: number,
): number | null {
  if (type === 'limited' && date === undefined)
    throw invalidCombination("EndDate is required when EndDateType is 'limited'.")
  if (type !== 'limited' && date !== undefined)
    throw invalidCombination("EndDate can be specified only when EndDateType is 'limited'.")
  if (date === undefined) return null
  const at = Date.parse(date)
  if (at <= now) throw invalidValue('The end date of a Capacity Reservation must be in the future.')
  return at
}
