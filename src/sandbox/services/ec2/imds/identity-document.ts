import type { Instance } from '../state/instance.ts'

/** `dynamic/instance-identity/document`: unsigned here, for nothing in the sandbox verifies it. */
export function identityDocument(instance: Instance, account: string): string {
  return JSON.stringify(
    {
      accountId: account,
      architecture: instance.image.architecture,
      availabilityZone: instance.subnet.zone.name,
      billingProducts: null,
      devpayProductCodes: null,
      marketplaceProductCodes: null,
      imageId: instance.image.id,
      instanceId: instance.id,
      instanceType: instance.type.InstanceType,
      kernelId: null,
      pendingTime: `${new Date(instance.launchedAt).toISOString().slice(0, 19)}Z`,
      privateIp: instance.privateIp,
      ramdiskId: null,
      region: instance.region,
      version: '2017-09-30',
    },
    null,
    2,
  )
}
