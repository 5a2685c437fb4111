import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { oneOf, text } from './input/leaves.ts'
import { required } from './input/shape.ts'
import { groupSet } from './render/group-set.ts'
import type { Instance } from './state/instance.ts'
import type { Region } from './state/region.ts'

const ATTRIBUTES = [
  'blockDeviceMapping',
  'disableApiStop',
  'disableApiTermination',
  'ebsOptimized',
  'enaSupport',
  'enclaveOptions',
  'groupSet',
  'instanceInitiatedShutdownBehavior',
  'instanceType',
  'kernel',
  'productCodes',
  'ramdisk',
  'rootDeviceName',
  'sourceDestCheck',
  'sriovNetSupport',
  'userData',
] as const

const parameters = { Attribute: required(oneOf(...ATTRIBUTES)), InstanceId: required(text) }

/** One attribute of an instance. */
export const describeInstanceAttribute = operation({
  name: 'DescribeInstanceAttribute',
  input: parameters,
  handle({ Attribute: attribute, InstanceId: id }, { region }) {
    const [instance] = findAll('instance', [id], (key) => region.instances.get(key))
    return { instanceId: id, ...(instance === undefined ? {} : { [attribute]: read[attribute](instance, region) }) }
  },
})

const read: Readonly<Record<(typeof ATTRIBUTES)[number], (instance: Instance, region: Region) => unknown>> = {
  blockDeviceMapping: (instance) =>
    instance.volumes.map(({ id, attachment }) => ({
      deviceName: attachment?.device,
      ebs: {
        volumeId: id,
        status: 'attached',
        attachTime: new Date(attachment?.attachedAt ?? 0),
        deleteOnTermination: attachment?.deleteOnTermination,
      },
    })),
  disableApiStop: (instance) => ({ value: instance.disableApiStop }),
  disableApiTermination: (instance) => ({ value: instance.disableApiTermination }),
  ebsOptimized: (instance) => ({ value: instance.ebsOptimized }),
  enaSupport: () => ({ value: true }),
  enclaveOptions: () => ({ enabled: false }),
  groupSet: (instance, region) => groupSet(instance.interfaces[0]?.groupIds.current ?? [], region),
  instanceInitiatedShutdownBehavior: (instance) => ({ value: instance.shutdownBehavior }),
  instanceType: (instance) => ({ value: instance.type.InstanceType }),
  kernel: () => ({}),
  productCodes: () => [],
  ramdisk: () => ({}),
  rootDeviceName: (instance) => ({ value: instance.rootDeviceName }),
  sourceDestCheck: (instance) => ({ value: instance.interfaces[0]?.sourceDestCheck ?? true }),
  sriovNetSupport: () => ({ value: 'simple' }),
  userData: ({ userData }) => (userData === null ? {} : { value: Buffer.from(userData).toString('base64') }),
}
