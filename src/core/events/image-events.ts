import { event, seconds } from './entry.ts'

/** What is said while an image is baked. */
export const IMAGE_EVENTS = {
  'image.begun': event<{ image: string; name: string; node: string }>(
    'info',
    (d) => `image ${d.image} (${d.name}) is being made of ${d.node}`,
  ),
  'image.pending': event<{ image: string; ms: number }>(
    'info',
    (d) => `image ${d.image}: pending for ${seconds(d.ms)}`,
  ),
  'image.baked': event<{ fleet: string; image: string; name: string; contents: string; ms: number }>(
    'success',
    (d) => `image ${d.image} (${d.name}) for ${d.fleet} is available after ${seconds(d.ms)}`,
  ),
} as const
