import { CreateImageCommand, DeregisterImageCommand, DescribeImagesCommand, type Image } from '@aws-sdk/client-ec2'
import type { ImageRequest, Images, ObservedImage } from '../../ports/images.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { AwsSettings } from '../settings.ts'
import { TAG, tagList, tagValue } from '../tags.ts'
import { connectEc2, type Ec2 } from './ec2.ts'

/** Images over EC2. */
export function connectImages(settings: AwsSettings): Images {
  const ec2 = connectEc2(settings)
  return {
    create: (request) => create(ec2, request),
    observe: () => observe(ec2),
    remove: (imageId) => remove(ec2, imageId),
  }
}

/**
 * Without a restart: the node's watchdog, which is no part of the image, would be gone with it, and with that what ends a node that
 * nobody looks after. What is baked has been written to the disk before (bake.sh).
 */
async function create(ec2: Ec2, { nodeId, name, fleet, contents }: ImageRequest): Promise<string> {
  const Tags = tagList({ [TAG.name]: name, [TAG.image]: name, [TAG.imageFleet]: fleet, [TAG.imageContents]: contents })
  const answer = await ec2.send(
    new CreateImageCommand({
      InstanceId: nodeId,
      Name: name,
      Description: `muster: for fleet ${fleet}`,
      NoReboot: true,
      TagSpecifications: (['image', 'snapshot'] as const).map((ResourceType) => ({ ResourceType, Tags })),
    }),
  )
  return answer.ImageId ?? ''
}

async function observe(ec2: Ec2): Promise<readonly ObservedImage[]> {
  const images = await allPages(async (NextToken) => {
    const Filters = [{ Name: 'tag-key', Values: [TAG.image] }]
    const page = await ec2.send(new DescribeImagesCommand({ Owners: ['self'], Filters, MaxResults: 1000, NextToken }))
    return { items: page.Images, next: page.NextToken }
  })
  return images.map(observed).toSorted((a, b) => b.createdAt - a.createdAt)
}

/** Its snapshots go with it (EC2 API reference, DeregisterImage, DeleteAssociatedSnapshots). */
async function remove(ec2: Ec2, ImageId: string): Promise<void> {
  try {
    await ec2.send(new DeregisterImageCommand({ ImageId, DeleteAssociatedSnapshots: true }))
  } catch (error) {
    if (!isAwsClass(error, 'no-image')) throw error
  }
}

function observed(image: Image): ObservedImage {
  const { Architecture: architecture, State: state } = image
  return {
    id: image.ImageId ?? '',
    name: image.Name ?? '',
    state: state === 'available' ? 'available' : state === 'pending' ? 'pending' : 'failed',
    failure: image.StateReason?.Message ?? null,
    architecture: architecture === 'arm64' || architecture === 'x86_64' ? architecture : null,
    fleet: tagValue(image.Tags, TAG.imageFleet) ?? '',
    contents: tagValue(image.Tags, TAG.imageContents) ?? '',
    createdAt: Date.parse(image.CreationDate ?? '') || 0,
  }
}
