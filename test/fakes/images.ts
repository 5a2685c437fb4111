import type { ImageFacts } from '../../src/core/fleet/image-facts.ts'

/** Amazon Linux for both architectures, by `auto`, any parameter's name, and by id. */
export function fakeImage(image: string): ImageFacts | null {
  const found = image.startsWith('ami-')
    ? IMAGES.find((one) => one.id === image)
    : IMAGES.find((one) => one.architecture === image.match(/arm64|x86_64/)?.[0])
  return found ?? null
}

const IMAGES: readonly ImageFacts[] = (['arm64', 'x86_64'] as const).map((architecture) => ({
  id: architecture === 'arm64' ? 'ami-0000000000000a64' : 'ami-0000000000000086',
  name: `al2023-ami-2023.9.20260105.0-kernel-6.12-${architecture}`,
  architecture,
  ena: true,
  rootDeviceName: '/dev/xvda',
}))
