import { AwsError } from '../../aws-error.ts'
import { changeInstances } from './change-instances.ts'
import { operation } from './context.ts'
import { anything, list, required } from './input/shape.ts'
import { text } from './input/leaves.ts'
import { start } from './life/restart.ts'
import { stateOf } from './life/transitions.ts'

const parameters = { AdditionalInfo: anything, InstanceId: required(list(text, 1000)) }

/** Starts stopped instances again, with their addresses. */
export const startInstances = operation({
  name: 'StartInstances',
  dryRun: 'late',
  input: parameters,
  handle(input, context) {
    return changeInstances(input, context, {
      check: (instances) => {
        for (const instance of instances)
          if (!['stopped', 'pending', 'running'].includes(stateOf(instance)))
            throw new AwsError(
              'IncorrectInstanceState',
              `The instance '${instance.id}' is not in a state from which it can be started.`,
            )
      },
      act: (instance) => {
        if (stateOf(instance) === 'stopped') start(instance, context)
      },
    })
  },
})
