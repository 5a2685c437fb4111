import type { Operation, Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { createFileSystem } from './create-file-system.ts'
import { deleteFileSystem } from './delete-file-system.ts'
import { describeFileSystems } from './describe-file-systems.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { createFileSystems } from './state/file-systems.ts'
import type { FileSystems } from './state/file-systems.ts'
import { tagResource } from './tag-resource.ts'
import { untagResource } from './untag-resource.ts'
import { updateFileSystem } from './update-file-system.ts'

const OPERATIONS: readonly ((fileSystems: FileSystems) => Operation)[] = [
  createFileSystem,
  describeFileSystems,
  updateFileSystem,
  deleteFileSystem,
  tagResource,
  untagResource,
  listTagsForResource,
]

/**
 * FSx for Lustre. A file system is a folder below `<home>/fsx` that nodes mount; it ends with the sandbox. Fills
 * `world.directories.fileSystems`. See BEHAVIOUR.md.
 */
export function createFsx(world: World): Service {
  const fileSystems = createFileSystems(world)
  world.directories.fileSystems = fileSystems
  const operations = OPERATIONS.map((make) => make(fileSystems))
  return {
    name: 'fsx',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AWSSimbaAPIService_v20180301' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    close: () => {
      fileSystems.stop()
      return Promise.resolve()
    },
    sweep: () => fileSystems.sweep(),
  }
}
