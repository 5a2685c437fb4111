import type { Instance } from '../state/instance.ts'
import type { Region } from '../state/region.ts'
import type { SpotStatus } from '../state/spot-request.ts'
import type { World } from '../../../world.ts'

/** AWS's sentences where users show them; the others are ours. */
export const STATUS_WORDS: Readonly<Record<SpotStatus, string>> = {
  fulfilled: 'Your Spot request is fulfilled.',
  'marked-for-termination': 'Your Spot Instance is marked for termination.',
  'request-canceled-and-instance-running': 'Your Spot request is canceled, but your Spot Instance is still running.',
  'instance-terminated-by-user': 'Spot instance terminated due to user-initiated termination.',
  'instance-terminated-no-capacity':
    'Your Spot Instance was terminated because there is no longer enough Spot capacity available.',
}

/** Notes on the instance's request what became of it; nothing where it has none, or was ended already. */
export function changeSpotStatus(
  instance: Instance,
  status: SpotStatus,
  { world, region }: { readonly world: World; readonly region: Region },
): void {
  const request = region.spotRequests.get(instance.spotRequestId ?? '')
  if (request === undefined || ENDED.includes(request.status)) return
  request.status = status
  request.statusAt = world.clock.now()
  if (ENDED.includes(status) && request.state === 'active') request.state = 'closed'
}

const ENDED: readonly SpotStatus[] = ['instance-terminated-by-user', 'instance-terminated-no-capacity']
