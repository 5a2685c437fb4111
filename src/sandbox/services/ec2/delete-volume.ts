import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'

const parameters = { VolumeId: required(text) }

/** Removes a volume that outlived its instance. */
export const deleteVolume = operation({
  name: 'DeleteVolume',
  input: parameters,
  handle({ VolumeId: id }, { region }) {
    for (const volume of findAll('volume', [id], (key) => region.volumes.get(key)))
      if (volume.attachment !== null)
        throw new AwsError('VolumeInUse', `Volume ${id} is currently attached to ${volume.attachment.instanceId}`)
    region.volumes.delete(id)
    return { return: true }
  },
})
