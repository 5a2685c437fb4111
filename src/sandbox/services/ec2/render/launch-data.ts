import type { LaunchData } from '../input/launch-data.ts'
import { launchDataNames, wireNames } from './wire-names.ts'

/** A template version's data as DescribeLaunchTemplateVersions shows it. An interface's groups are called otherwise than the launch's. */
export function launchDataOnWire(data: LaunchData): unknown {
  const { NetworkInterface: interfaces, ...rest } = data
  return {
    ...(wireNames(rest, launchDataNames) as object),
    ...(interfaces === undefined
      ? {}
      : { networkInterfaceSet: interfaces.map((one) => wireNames(one, { SecurityGroupId: 'groupSet' })) }),
  }
}
