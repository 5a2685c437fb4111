import type { OwnImage } from './own-image.ts'
import { PUBLIC_LINES } from './public-image-lines.ts'
import type { PublicLine } from './public-image-lines.ts'
import { createHash } from 'node:crypto'

/**
 * A machine image: AWS's and Canonical's public ones with the SSM parameters that name them, and those that were made from
 * instances here. Ids of the public ones are the sandbox's own, the same in every run. A node's root is this machine's own,
 * with what an image of one's own adds to it.
 */
export interface Image {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly architecture: 'x86_64' | 'arm64'
  /** SSM public parameters whose value is this image's id. */
  readonly parameterNames: readonly string[]
  readonly ownerId: string
  /** `amazon`, or null. */
  readonly ownerAlias: string | null
  readonly creationDate: string
  /** Shown on request only. */
  readonly deprecated: boolean
  readonly rootDeviceName: string
  readonly rootVolumeGiB: number
  readonly rootSnapshotId: string
  readonly bootMode: 'uefi' | 'uefi-preferred' | 'legacy-bios'
  readonly enaSupport: boolean
  /** What it is beyond that where it was made here; null for public images. */
  readonly own: OwnImage | null
}

/** All public images of a region. */
export function publicImages(region: string): readonly Image[] {
  return PUBLIC_LINES.map((line) => publicImage(line, region))
}

/** The image behind an SSM public parameter, such as `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64`. */
export function imageOfParameter(region: string, parameterName: string): Image | undefined {
  const line = PUBLIC_LINES.find((one) => one.parameterNames.includes(parameterName))
  return line === undefined ? undefined : publicImage(line, region)
}

const publicImage = (line: PublicLine, region: string): Image => ({
  ...line,
  id: `ami-${hex(`${region} ${line.name}`)}`,
  rootSnapshotId: `snap-${hex(`${region} ${line.name} root`)}`,
  own: null,
})

const hex = (seed: string): string => createHash('sha256').update(seed).digest('hex').slice(0, 17)
