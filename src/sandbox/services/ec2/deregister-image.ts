import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { flag, text } from './input/leaves.ts'
import { required } from './input/shape.ts'

const parameters = { DeleteAssociatedSnapshots: flag, ImageId: required(text) }

/** The image cannot be launched any more; instances that run from it do not notice. Its snapshot stays unless it is to go too. */
export const deregisterImage = operation({
  name: 'DeregisterImage',
  input: parameters,
  handle(input, { region }) {
    const [image] = findAll('image', [input.ImageId], (id) => region.images.get(id))
    if (image === undefined) return {}
    if (image.own === null) throw new AwsError('AuthFailure', `Not authorized for image:${image.id}`, 403)
    region.images.delete(image.id)
    if (input.DeleteAssociatedSnapshots !== true) return { return: true }
    region.snapshots.delete(image.rootSnapshotId)
    return {
      return: true,
      deleteSnapshotResultSet: [{ snapshotId: image.rootSnapshotId, returnCode: 'success' }],
    }
  },
})
