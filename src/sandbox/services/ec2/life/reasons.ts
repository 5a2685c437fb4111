import type { InstanceState } from '../state/instance.ts'

/** Why an instance came into its state, in EC2's codes and words (DescribeInstances' StateReason and StateTransitionReason). */
export type Reason = Pick<InstanceState, 'reason' | 'transition'>

const coded = (code: string, words: string): { code: string; message: string } => ({
  code,
  message: `${code}: ${words}`,
})

export const noReason: Reason = { reason: null, transition: '' }

/** Somebody called TerminateInstances or StopInstances. */
export const userInitiated = (now: number): Reason => ({
  reason: coded('Client.UserInitiatedShutdown', 'User initiated shutdown'),
  transition: `User initiated (${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} GMT)`,
})

/** Somebody ran `shutdown` in the node. */
export const instanceInitiated: Reason = {
  reason: coded('Client.InstanceInitiatedShutdown', 'Instance initiated shutdown'),
  transition: '',
}

export const internalError: Reason = {
  reason: coded('Server.InternalError', 'Internal error on launch'),
  transition: 'Server.InternalError',
}

export const spotTermination: Reason = {
  reason: coded('Server.SpotInstanceTermination', 'Spot instance termination'),
  transition: 'Server.SpotInstanceTermination',
}

/** EC2 took the launch, and then had no room for it. */
export const insufficientCapacity: Reason = {
  reason: coded('Server.InsufficientInstanceCapacity', 'There is not enough capacity to fulfill your launch request'),
  transition: 'Server.InsufficientInstanceCapacity',
}

export const volumeLimit: Reason = {
  reason: coded('Client.VolumeLimitExceeded', 'Volume limit exceeded'),
  transition: 'Client.VolumeLimitExceeded',
}

/** The Capacity Block's time is over: its instances are ended thirty minutes before it. The code is not documented. */
export const capacityBlockEnd: Reason = {
  reason: coded('Server.CapacityBlockTermination', 'The Capacity Block reservation is about to expire'),
  transition: 'Server.CapacityBlockTermination',
}
