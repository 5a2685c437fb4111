import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { dryRun } from './errors.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { reboot } from './life/restart.ts'
import { stateOf } from './life/transitions.ts'

const parameters = { InstanceId: required(list(text, 1000)) }

/** Restarts machines; EC2's state stays running. */
export const rebootInstances = operation({
  name: 'RebootInstances',
  dryRun: 'late',
  input: parameters,
  handle(input, context) {
    const instances = findAll('instance', [...new Set(input.InstanceId)], (id) => context.region.instances.get(id))
    for (const instance of instances)
      if (stateOf(instance) !== 'running')
        throw new AwsError('IncorrectInstanceState', `The instance '${instance.id}' is not in the 'running' state.`)
    if (input.DryRun === true) throw dryRun()
    for (const instance of instances) reboot(instance, context)
    return { return: true }
  },
})
