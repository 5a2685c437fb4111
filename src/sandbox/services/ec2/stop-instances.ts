import { AwsError } from '../../aws-error.ts'
import { changeInstances } from './change-instances.ts'
import { operation } from './context.ts'
import { flag, text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { stop } from './life/end.ts'
import { userInitiated } from './life/reasons.ts'
import { mayBecome, stateOf } from './life/transitions.ts'
import type { Instance } from './state/instance.ts'

const parameters = { Force: flag, Hibernate: flag, InstanceId: required(list(text, 1000)), SkipOsShutdown: flag }

/** Stops instances: the record and the addresses stay, the machine and (unlike AWS) what its disk held do not. */
export const stopInstances = operation({
  name: 'StopInstances',
  dryRun: 'late',
  input: parameters,
  handle(input, context) {
    return changeInstances(input, context, {
      check: (instances) => {
        for (const instance of instances) refuse(instance, input.Hibernate === true)
      },
      act: (instance) => stop(instance, context, userInitiated(context.now)),
    })
  },
})

function refuse(instance: Instance, hibernate: boolean): void {
  const { id } = instance
  if (instance.disableApiStop)
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    )
  if (hibernate)
    throw new AwsError('UnsupportedHibernationConfiguration', `The instance '${id}' is not configured for hibernation.`)
  if (instance.purchase === 'spot')
    throw new AwsError(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${id}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
    )
  const state = stateOf(instance)
  if (!mayBecome(instance, 'stopping') && state !== 'stopping' && state !== 'stopped')
    throw new AwsError('IncorrectInstanceState', `The instance '${id}' is not in a state from which it can be stopped.`)
}
