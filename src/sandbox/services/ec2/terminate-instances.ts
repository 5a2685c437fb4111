import { AwsError } from '../../aws-error.ts'
import { changeInstances } from './change-instances.ts'
import { operation } from './context.ts'
import { flag, text } from './input/leaves.ts'
import { list, required } from './input/shape.ts'
import { terminate } from './life/end.ts'
import { userInitiated } from './life/reasons.ts'
import type { Instance } from './state/instance.ts'

const parameters = { Force: flag, InstanceId: required(list(text, 1000)), SkipOsShutdown: flag }

/** Ends instances. Idempotent: what is ending or ended already is answered, not refused. */
export const terminateInstances = operation({
  name: 'TerminateInstances',
  dryRun: 'late',
  input: parameters,
  handle(input, context) {
    const { region, now } = context
    const guarded = input.InstanceId.map((id) => region.instances.get(id)).filter(
      (one) => one?.disableApiTermination === true,
    )
    // Protection holds for its whole zone: those of other zones are terminated all the same, and the call fails.
    const zones = new Set(guarded.map((one) => one?.subnet.zone.name))
    const refuse = (): void => {
      const [first] = guarded
      if (first !== undefined) throw protectedInstance(first)
    }
    const answer = changeInstances(input, context, {
      check: (instances) => {
        if (instances.every((one) => zones.has(one.subnet.zone.name))) refuse()
      },
      act: (instance) => {
        if (!zones.has(instance.subnet.zone.name)) terminate(instance, context, userInitiated(now))
      },
    })
    refuse()
    return answer
  },
})

const protectedInstance = (instance: Instance): AwsError =>
  new AwsError(
    'OperationNotPermitted',
    `The instance '${instance.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
  )
