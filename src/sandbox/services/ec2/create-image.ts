import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import type { Ec2Call } from './context.ts'
import { invalidValue } from './errors.ts'
import { copyDisk } from './images/copy-disk.ts'
import { findAll } from './input/ids.ts'
import { flag, text } from './input/leaves.ts'
import { required, unimplemented } from './input/shape.ts'
import { tagsFor, tagSpecifications } from './input/tags.ts'
import { reboot } from './life/restart.ts'
import { stateOf } from './life/transitions.ts'
import type { Image } from './state/images.ts'
import type { Instance } from './state/instance.ts'
import type { OwnImage } from './state/own-image.ts'
import { newId, resource } from './state/resource.ts'

const parameters = {
  BlockDeviceMapping: unimplemented,
  BootModeOverride: unimplemented,
  Description: text,
  InstanceId: required(text),
  Name: required(text),
  NoReboot: flag,
  SnapshotLocation: unimplemented,
  TagSpecification: tagSpecifications,
}

/** An image of a running or stopped instance, with what its disk holds. A running one is rebooted unless NoReboot says otherwise. */
export const createImage = operation({
  name: 'CreateImage',
  input: parameters,
  handle(input, context) {
    const { region, world, now } = context
    refuseName(input.Name, context)
    const [instance] = findAll('instance', [input.InstanceId], (id) => region.instances.get(id))
    if (instance === undefined) return {}
    if (!['running', 'stopped'].includes(stateOf(instance)))
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${instance.id}' is not in a state from which an image can be created: it is ${stateOf(instance)}.`,
      )
    const tagged = ['image', 'snapshot']
    const own: OwnImage = {
      ...resource('image', newId('ami-'), now, tagsFor(input.TagSpecification, 'image', tagged)),
      sourceInstanceId: instance.id,
      sourceImageId: instance.image.id,
      readyAt: now + (world.pace.imageMs ?? 0),
      copy: 'pending',
      disk: null,
    }
    const image = newImage(input.Name, input.Description ?? '', own, instance, context)
    makeSnapshot(image, own, instance, tagsFor(input.TagSpecification, 'snapshot', tagged), context)
    region.images.set(image.id, image)
    void fill(own, instance, input.NoReboot === true, context)
    return { imageId: image.id }
  },
})

/** Copies the disk, then reboots the instance. AWS does it the other way round: nothing here is written between the two. */
async function fill(own: OwnImage, instance: Instance, noReboot: boolean, context: Ec2Call): Promise<void> {
  try {
    own.disk = await copyDisk(instance, own.id, context.world)
    own.copy = 'done'
  } catch (error) {
    own.copy = { failure: error instanceof Error ? error.message : String(error) }
  }
  if (!noReboot && stateOf(instance) === 'running') reboot(instance, context)
}

/** 3 to 128 of these characters: botocore's ec2 model. Codes: EC2's list of errors. */
function refuseName(name: string, { region }: Ec2Call): void {
  if (!/^[a-zA-Z0-9()[\] ./\-'@_]{3,128}$/.test(name))
    throw new AwsError(
      'InvalidAMIName.Malformed',
      "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'",
    )
  const holder = [...region.images.values()].find((image) => image.own !== null && image.name === name)
  if (holder !== undefined)
    throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${holder.id}`)
}

function newImage(
  name: string,
  description: string,
  own: OwnImage,
  instance: Instance,
  { world, now }: Ec2Call,
): Image {
  if (description.length > 255) throw invalidValue('The description of an image can have up to 255 characters.')
  const root = instance.volumes.find((one) => one.attachment?.device === instance.rootDeviceName)
  return {
    ...instance.image,
    id: own.id,
    name,
    description,
    parameterNames: [],
    ownerId: world.account,
    ownerAlias: null,
    creationDate: new Date(now).toISOString(),
    deprecated: false,
    rootVolumeGiB: root?.sizeGiB ?? instance.image.rootVolumeGiB,
    rootSnapshotId: newId('snap-'),
    own,
  }
}

function makeSnapshot(
  image: Image,
  own: OwnImage,
  instance: Instance,
  tags: ReadonlyMap<string, string>,
  { region, now }: Ec2Call,
): void {
  const root = instance.volumes.find((one) => one.attachment?.device === instance.rootDeviceName)
  region.snapshots.set(image.rootSnapshotId, {
    ...resource('snapshot', image.rootSnapshotId, now, tags),
    volumeId: root?.id ?? '',
    sizeGiB: image.rootVolumeGiB,
    description: `Created by CreateImage(${instance.id}) for ${image.id}`,
    encrypted: root?.encrypted ?? false,
    imageId: image.id,
    readyAt: own.readyAt,
  })
}
