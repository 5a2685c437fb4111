import type { ImageFacts } from './image-facts.ts'
import type { InstanceFacts } from './instance-facts.ts'

/**
 * The image that a fleet's nodes of a type get: what is named, or by AWS's own public parameters Amazon Linux 2023, and for types with
 * GPUs the Deep Learning Base image of it, which has their driver, CUDA, EFA and NCCL's plugin
 * (https://docs.aws.amazon.com/dlami/latest/devguide/, "Base OSS NVIDIA driver GPU AMI (Amazon Linux 2023)"; its parameter is named there).
 */
export function imageName(image: string, { architecture, gpus }: Pick<InstanceFacts, 'architecture' | 'gpus'>): string {
  if (image !== 'auto') return image
  return gpus > 0
    ? `/aws/service/deeplearning/ami/${architecture}/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id`
    : `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`
}

/** Why nodes of the type cannot boot from the image; null where they can. */
export function imageProblem(image: ImageFacts, facts: InstanceFacts): string | null {
  const { instanceType, architecture, ena } = facts
  const called = image.name === image.id ? image.id : `${image.id} (${image.name})`
  if (image.architecture !== null && image.architecture !== architecture) {
    return `image ${called} is for ${image.architecture}, but ${instanceType} is ${architecture}`
  }
  // EC2 refuses a type that requires ENA with an image that does not say it has the driver (User Guide, "Enable enhanced networking with ENA").
  if (!image.ena && ena === 'required') return `image ${called} lacks ENA, which ${instanceType} requires`
  return null
}
