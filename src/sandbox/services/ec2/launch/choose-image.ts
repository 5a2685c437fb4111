import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidCombination, invalidValue, missingParameter } from '../errors.ts'
import { refuseMalformed, unknownIds } from '../input/ids.ts'
import { imageOfParameter } from '../state/images.ts'
import type { Image } from '../state/images.ts'
import { imageState } from '../state/own-image.ts'
import type { InstanceType } from '../state/instance-types.ts'

/**
 * The image of a launch: an id, or `resolve:ssm:<parameter>`, which EC2 looks up at the moment of the launch. Architecture,
 * ENA and boot mode must go with the type.
 */
export function chooseImage(imageId: string | undefined, type: InstanceType, { region, now }: Ec2Call): Image {
  if (imageId === undefined || imageId === '') throw missingParameter('ImageId')
  const image = imageId.startsWith('resolve:ssm:') ? fromParameter(region.name, imageId) : region.images.get(imageId)
  if (image === undefined) {
    refuseMalformed('image', [imageId])
    throw unknownIds('image', [imageId])
  }
  if (imageState(image.own, now) !== 'available')
    throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${image.id}' is not available`)
  const architectures = type.ProcessorInfo.SupportedArchitectures
  if (!architectures.includes(image.architecture))
    throw invalidValue(
      `The architecture '${architectures.join(',')}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
    )
  // AWS's own sentence, as users quote it.
  if (type.NetworkInfo.EnaSupport === 'required' && !image.enaSupport)
    throw invalidCombination(
      `Enhanced networking with the Elastic Network Adapter (ENA) is required for the '${type.InstanceType}' instance type. Ensure that you are using an AMI that is enabled for ENA.`,
    )
  refuseBootMode(image, type)
  return image
}

/** `uefi-preferred` boots either way. The words are ours. */
function refuseBootMode({ bootMode }: Image, type: InstanceType): void {
  const supported = type.SupportedBootModes
  if (supported === undefined || bootMode === 'uefi-preferred' || supported.includes(bootMode)) return
  throw invalidCombination(
    `The boot mode '${bootMode}' of the specified AMI is not supported by the '${type.InstanceType}' instance type, which supports: ${supported.join(', ')}.`,
  )
}

function fromParameter(region: string, imageId: string): Image {
  // `name:version` and `name:label` are AWS's; the public parameters here have one version.
  const [name = ''] = imageId.slice('resolve:ssm:'.length).split(':')
  const image = imageOfParameter(region, name)
  if (image === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `The SSM parameter '${name}' could not be resolved: it does not exist or is no AMI id.`,
    )
  return image
}
