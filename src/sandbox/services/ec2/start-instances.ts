import { AwsError } from '../../aws-error.ts'
import { changeInstances } from './change-instances.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { anything, list, required } from './input/shape.ts'
import { text } from './input/leaves.ts'
import { roomInQuota } from './launch/vcpu-quota.ts'
import { start } from './life/restart.ts'
import { stateOf } from './life/transitions.ts'
import type { Instance } from './state/instance.ts'

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
        refuseOverQuota(
          instances.filter((instance) => stateOf(instance) === 'stopped'),
          context,
        )
      },
      act: (instance) => {
        if (stateOf(instance) === 'stopped') start(instance, context)
      },
    })
  },
})

/** A stopped instance did not count towards its vCPU quota. */
function refuseOverQuota(starting: readonly Instance[], context: Ec2Call): void {
  const planned = starting.map(({ type, purchase }) => ({ type, purchase, count: 1, reserved: 0 }))
  for (const [index, one] of planned.entries()) {
    const { refusal } = roomInQuota(one, planned.slice(0, index), context)
    if (refusal !== null) throw refusal
  }
}
