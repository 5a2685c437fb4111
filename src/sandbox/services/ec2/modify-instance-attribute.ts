import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { dryRun, invalidCombination, invalidValue, missingParameter } from './errors.ts'
import { findAll } from './input/ids.ts'
import { flag, oneOf, text } from './input/leaves.ts'
import { list, record, required, unimplemented } from './input/shape.ts'
import type { Parsed } from './input/shape.ts'
import { chooseGroups } from './launch/choose-groups.ts'
import { decodeUserData } from './launch/user-data.ts'
import { stateOf } from './life/transitions.ts'
import type { Instance } from './state/instance.ts'
import { instanceTypes } from './state/instance-types.ts'
import { change } from './state/lagged.ts'

const valued = record({ Value: required(text) })

const parameters = {
  Attribute: text,
  BlockDeviceMapping: unimplemented,
  DisableApiStop: valued,
  DisableApiTermination: valued,
  EbsOptimized: unimplemented,
  EnaSupport: unimplemented,
  GroupId: list(text, 16),
  InstanceId: required(text),
  InstanceInitiatedShutdownBehavior: valued,
  InstanceType: valued,
  Kernel: unimplemented,
  Ramdisk: unimplemented,
  SourceDestCheck: valued,
  SriovNetSupport: unimplemented,
  UserData: valued,
  Value: text,
}

type Asked = Parsed<typeof parameters>

/** Changes one attribute, named by its own parameter or by Attribute and Value. */
export const modifyInstanceAttribute = operation({
  name: 'ModifyInstanceAttribute',
  dryRun: 'late',
  input: parameters,
  handle(input, context) {
    const [instance] = findAll('instance', [input.InstanceId], (key) => context.region.instances.get(key))
    const changes = changesOf(input)
    if (changes.length === 0) throw missingParameter('attribute')
    if (changes.length > 1) throw invalidCombination('Fields for multiple attribute types specified')
    if (input.DryRun === true) throw dryRun()
    if (instance !== undefined) for (const apply of changes) apply(instance, context)
    return { return: true }
  },
})

type Change = (instance: Instance, context: Ec2Call) => void

/** What each attribute's new value does. The key is what Attribute calls it. */
const CHANGES: Readonly<Record<string, (value: string) => Change>> = {
  disableApiStop: (value) => {
    const disabled = flag(value, 'value')
    return (instance) => {
      instance.disableApiStop = disabled
    }
  },
  disableApiTermination: (value) => {
    const disabled = flag(value, 'value')
    return (instance) => {
      instance.disableApiTermination = disabled
    }
  },
  instanceInitiatedShutdownBehavior: (value) => {
    const behavior = oneOf('stop', 'terminate')(value, 'value')
    return (instance) => {
      instance.shutdownBehavior = behavior
    }
  },
  instanceType: (value) => (instance) => {
    const type = instanceTypes().get(value)
    if (type === undefined) throw invalidValue(`Invalid value '${value}' for InstanceType.`)
    refuseUnlessStopped(instance, 'instanceType')
    instance.type = type
  },
  sourceDestCheck: (value) => {
    const checked = flag(value, 'value')
    return (instance) => {
      for (const one of instance.interfaces) one.sourceDestCheck = checked
    }
  },
  userData: (value) => (instance) => {
    refuseUnlessStopped(instance, 'userData')
    instance.userData = decodeUserData(value)
  },
}

function changesOf(input: Asked): readonly Change[] {
  const named: readonly (readonly [string, { readonly Value: string } | undefined])[] = [
    ['disableApiStop', input.DisableApiStop],
    ['disableApiTermination', input.DisableApiTermination],
    ['instanceInitiatedShutdownBehavior', input.InstanceInitiatedShutdownBehavior],
    ['instanceType', input.InstanceType],
    ['sourceDestCheck', input.SourceDestCheck],
    ['userData', input.UserData],
    [input.Attribute ?? '', input.Value === undefined ? undefined : { Value: input.Value }],
  ]
  const changes = named.flatMap(([attribute, value]) => (value === undefined ? [] : [changeOf(attribute, value.Value)]))
  const groupIds = input.GroupId
  if (groupIds === undefined) return changes
  const regroup: Change = (instance, context) => {
    const chosen = chooseGroups(groupIds, undefined, instance.subnet.vpcId, context)
    for (const one of instance.interfaces) change(one.groupIds, chosen, context.now)
  }
  return [...changes, regroup]
}

function changeOf(attribute: string, value: string): Change {
  const make = Object.hasOwn(CHANGES, attribute) ? CHANGES[attribute] : undefined
  if (make === undefined)
    throw invalidValue(`Value (${attribute}) for parameter attribute is invalid. Unknown attribute.`)
  return make(value)
}

function refuseUnlessStopped(instance: Instance, attribute: string): void {
  if (stateOf(instance) !== 'stopped')
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in the 'stopped' state. (${attribute} can only be changed then.)`,
    )
}
