import { DescribeImagesCommand, type Image } from '@aws-sdk/client-ec2'
import type { ImageFacts } from '../../core/fleet/image-facts.ts'
import { isAwsClass } from '../error-map.ts'
import type { Ec2 } from './ec2.ts'

/** Null where there is no such parameter or image. */
export async function imageFacts(ec2: Ec2, image: string): Promise<ImageFacts | null> {
  const id = await resolved(ec2, image)
  if (id === null) return null
  try {
    // DescribeImages takes no parameter's name, unlike a launch template.
    const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [id] }))
    return Images?.[0] === undefined ? null : observed(id, Images[0])
  } catch (error) {
    if (isAwsClass(error, 'no-image')) return null
    throw error
  }
}

/** The name of a parameter becomes what the parameter says. */
async function resolved(ec2: Ec2, image: string): Promise<string | null> {
  if (!image.startsWith('/')) return image
  const { readParameter } = await import('../ssm/parameter.ts')
  return readParameter(ec2.settings, image)
}

function observed(id: string, image: Image): ImageFacts {
  const { Architecture: architecture } = image
  return {
    id,
    name: image.Name ?? id,
    architecture: architecture === 'arm64' || architecture === 'x86_64' ? architecture : null,
    ena: image.EnaSupport === true,
    rootDeviceName: image.RootDeviceName ?? null,
  }
}
