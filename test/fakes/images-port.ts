import { MusterError } from '../../src/core/errors/muster-error.ts'
import type { ImageRequest, Images, ObservedImage } from '../../src/ports/images.ts'
import type { FakeClock } from './clock.ts'
import { scriptable, type Scriptable } from './scriptable.ts'

/** Images in memory; each is available a minute after it was begun. */
export interface FakeImages extends Images, Scriptable<Images> {
  /** The next one ends in `failed`, with this reason. */
  failNextImage(reason: string): void
}

export function fakeImages(clock: FakeClock): FakeImages {
  const made = new Map<string, Omit<ObservedImage, 'state'>>()
  let reason: string | null = null
  const images = {
    failNextImage: (why: string) => void (reason = why),
    async create({ name, fleet, contents }: ImageRequest) {
      if ([...made.values()].some((one) => one.name === name)) throw new MusterError('ImageUnfit', `${name} is taken`)
      const id = `ami-${String(made.size + 1).padStart(17, '0')}`
      made.set(id, { id, name, fleet, contents, architecture: 'arm64', failure: reason, createdAt: clock.now() })
      reason = null
      return id
    },
    async observe() {
      const now = clock.now()
      return [...made.values()]
        .map((one): ObservedImage => ({ ...one, state: stateAt(one, now) }))
        .toSorted((a, b) => b.createdAt - a.createdAt)
    },
    async remove(imageId: string) {
      made.delete(imageId)
    },
  }
  return scriptable<Images>(images, ['create', 'observe', 'remove']) as FakeImages
}

function stateAt({ failure, createdAt }: Omit<ObservedImage, 'state'>, now: number): ObservedImage['state'] {
  if (now - createdAt < 60_000) return 'pending'
  return failure === null ? 'available' : 'failed'
}
