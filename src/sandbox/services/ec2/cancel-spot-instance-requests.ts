import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'

const parameters = { SpotInstanceRequestId: required(list(text)) }

/** Cancelling a request does not end its instance: botocore's ec2 model, CancelSpotInstanceRequests. */
export const cancelSpotInstanceRequests = operation({
  name: 'CancelSpotInstanceRequests',
  input: parameters,
  handle(input, { region, now }) {
    const requests = findAll('spot-instances-request', [...new Set(input.SpotInstanceRequestId)], (id) =>
      region.spotRequests.get(id),
    )
    for (const one of requests) {
      if (one.state !== 'active') continue
      one.state = 'cancelled'
      if (one.status !== 'marked-for-termination') one.status = 'request-canceled-and-instance-running'
      one.statusAt = now
    }
    return { spotInstanceRequestSet: requests.map(({ id, state }) => ({ spotInstanceRequestId: id, state })) }
  },
})
