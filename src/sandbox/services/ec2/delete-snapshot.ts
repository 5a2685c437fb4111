import { AwsError } from '../../aws-error.ts'
import { operation } from './context.ts'
import { findAll } from './input/ids.ts'
import { text } from './input/leaves.ts'
import { required } from './input/shape.ts'

const parameters = { SnapshotId: required(text) }

/** A snapshot whose image is registered stays. */
export const deleteSnapshot = operation({
  name: 'DeleteSnapshot',
  input: parameters,
  handle({ SnapshotId: id }, { region }) {
    const [snapshot] = findAll('snapshot', [id], (key) => region.snapshots.get(key))
    if (snapshot === undefined) return {}
    if (region.images.has(snapshot.imageId))
      throw new AwsError('InvalidSnapshot.InUse', `The snapshot ${id} is currently in use by ${snapshot.imageId}`)
    region.snapshots.delete(id)
    return { return: true }
  },
})
