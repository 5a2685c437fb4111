import type { Ec2Call } from './context.ts'
import { dryRun } from './errors.ts'
import { findAll } from './input/ids.ts'
import { stateOnWire } from './render/instance.ts'
import { stateOf } from './life/transitions.ts'
import type { Instance } from './state/instance.ts'

interface Asked {
  readonly InstanceId: readonly string[]
  readonly DryRun?: boolean
}

/**
 * What TerminateInstances, StopInstances and StartInstances share: all ids must be good before anything is done, and the
 * answer has each instance's state before and after.
 */
export function changeInstances(
  asked: Asked,
  context: Ec2Call,
  steps: { readonly check: (instances: readonly Instance[]) => void; readonly act: (instance: Instance) => void },
): object {
  const { region } = context
  const instances = findAll('instance', [...new Set(asked.InstanceId)], (id) => region.instances.get(id))
  steps.check(instances)
  if (asked.DryRun === true) throw dryRun()
  return {
    instancesSet: instances.map((instance) => {
      const previousState = stateOnWire(stateOf(instance))
      steps.act(instance)
      return { instanceId: instance.id, currentState: stateOnWire(stateOf(instance)), previousState }
    }),
  }
}
