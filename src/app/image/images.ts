import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { ImageList, ImageRemoval } from '../results/images-and-storage.ts'
import type { Services } from '../services.ts'

/** The images that `muster image bake` has made here. */
export async function listImages({ images }: Pick<Services, 'images'>): Promise<ImageList> {
  return { images: await images.observe() }
}

/**
 * Removes one with its snapshots, by id or name.
 *
 * @throws MusterError ImageUnknown with the nearest names.
 */
export async function deleteImage(wanted: string, { images }: Pick<Services, 'images'>): Promise<ImageRemoval> {
  const all = await images.observe()
  const image = all.find(({ id, name }) => id === wanted || name === wanted)
  if (!image) {
    const near = nearest(wanted, all.flatMap(({ id, name }) => [id, name]), 3) // prettier-ignore
    throw new MusterError('ImageUnknown', `muster has made no image ${wanted} here`, {
      suggestions: near.length > 0 ? near.map((other) => `muster image delete ${other}`) : ['muster image list'],
    })
  }
  await images.remove(image.id)
  return { image: image.id, name: image.name }
}
