import { AwsError } from '../../../aws-error.ts'
import type { Ec2Call } from '../context.ts'
import { invalidValue, missingParameter } from '../errors.ts'
import { refuseMalformed, unknownIds } from '../input/ids.ts'
import { imageOfParameter } from '../state/images.ts'
import type { PublicImage } from '../state/images.ts'
import type { InstanceType } from '../state/instance-types.ts'

/** The image of a launch: an id, or `resolve:ssm:<public parameter>`, which EC2 looks up at the moment of the launch. */
export function chooseImage(imageId: string | undefined, type: InstanceType, { region }: Ec2Call): PublicImage {
  if (imageId === undefined || imageId === '') throw missingParameter('ImageId')
  const image = imageId.startsWith('resolve:ssm:') ? fromParameter(region.name, imageId) : region.images.get(imageId)
  if (image === undefined) {
    refuseMalformed('image', [imageId])
    throw unknownIds('image', [imageId])
  }
  const architectures = type.ProcessorInfo.SupportedArchitectures
  if (!architectures.includes(image.architecture))
    throw invalidValue(
      `The architecture '${architectures.join(',')}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again. You can use 'describe-instance-types' or 'describe-images' to discover the architecture of the instance type or AMI.`,
    )
  return image
}

function fromParameter(region: string, imageId: string): PublicImage {
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
