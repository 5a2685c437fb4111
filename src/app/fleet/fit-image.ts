import { MusterError } from '../../core/errors/muster-error.ts'
import { imageName, imageProblem } from '../../core/fleet/image-choice.ts'
import type { ImageFacts } from '../../core/fleet/image-facts.ts'
import type { InstanceFacts } from '../../core/fleet/instance-facts.ts'
import type { FleetSpec } from '../../core/fleet/spec.ts'
import type { Compute } from '../../ports/compute.ts'

/**
 * The image that a fleet's nodes of a type are launched from.
 *
 * @throws MusterError ImageUnfit where there is none of that name, or where the type cannot boot it, naming both.
 */
export async function fitImage(
  wanted: Pick<FleetSpec, 'name' | 'image'>,
  facts: InstanceFacts,
  compute: Pick<Compute, 'imageFacts'>,
): Promise<ImageFacts> {
  const name = imageName(wanted.image, facts)
  const image = await compute.imageFacts(name)
  const auto = wanted.image === 'auto' ? [] : [`image: auto in fleets.${wanted.name} of muster.yaml`]
  if (image === null) {
    const message = `fleet ${wanted.name}: this region has no image ${name}, or does not show it to this account`
    throw new MusterError('ImageUnfit', message, {
      suggestions: [...auto, `image: an AMI id of this region in fleets.${wanted.name} of muster.yaml`],
    })
  }
  const problem = imageProblem(image, facts)
  if (problem === null) return image
  throw new MusterError('ImageUnfit', `fleet ${wanted.name}: ${problem}`, {
    suggestions: [...auto, `${wayOut(image, facts)} in fleets.${wanted.name} of muster.yaml`],
  })
}

/** Another type for an image of another architecture; an image of the right one lacks ENA, and so do types of old generations. */
const wayOut = ({ architecture }: ImageFacts, facts: InstanceFacts): string =>
  architecture !== null && architecture !== facts.architecture
    ? `type: one of ${architecture}`
    : 'image: one that is enabled for ENA'
