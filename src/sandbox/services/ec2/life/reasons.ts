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
