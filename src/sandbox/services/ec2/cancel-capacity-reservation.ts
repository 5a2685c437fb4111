import { operation } from './context.ts'
import { text } from './input/leaves.ts'
import { required, unimplemented } from './input/shape.ts'
import { vacate } from './reservations/end.ts'
import { findChangeable } from './reservations/find-changeable.ts'

const parameters = {
  ApplyCancellationCharges: unimplemented,
  CapacityReservationId: required(text),
  QuoteId: unimplemented,
}

/** The capacity is given back at once; instances in it run on, on demand. */
export const cancelCapacityReservation = operation({
  name: 'CancelCapacityReservation',
  input: parameters,
  handle(input, context) {
    const one = findChangeable(input.CapacityReservationId, 'cancelled', context)
    one.cancelled = true
    one.takeBack()
    vacate(one, context)
    return { return: true }
  },
})
