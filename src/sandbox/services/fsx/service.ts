import type { Operation, Service } from '../../service.ts'
import type { World } from '../../world.ts'
import { createFileSystem } from './create-file-system.ts'
import { deleteFileSystem } from './delete-file-system.ts'
import { describeFileSystems } from './describe-file-systems.ts'
import { cancelDataRepositoryTask } from './links/cancel-task.ts'
import { createDataRepositoryAssociation } from './links/create-association.ts'
import { createDataRepositoryTask } from './links/create-task.ts'
import { deleteDataRepositoryAssociation } from './links/delete-association.ts'
import { describeDataRepositoryAssociations } from './links/describe-associations.ts'
import { describeDataRepositoryTasks } from './links/describe-tasks.ts'
import { createLinks, type Links } from './links/links.ts'
import { updateDataRepositoryAssociation } from './links/update-association.ts'
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
]

const LINK_OPERATIONS: readonly ((links: Links) => Operation)[] = [
  deleteFileSystem,
  createDataRepositoryAssociation,
  describeDataRepositoryAssociations,
  updateDataRepositoryAssociation,
  deleteDataRepositoryAssociation,
  createDataRepositoryTask,
  describeDataRepositoryTasks,
  cancelDataRepositoryTask,
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
  const links = createLinks(fileSystems)
  const operations = [...OPERATIONS.map((make) => make(fileSystems)), ...LINK_OPERATIONS.map((make) => make(links))]
  return {
    name: 'fsx',
    protocol: { kind: 'json', jsonVersion: '1.1', targetPrefix: 'AWSSimbaAPIService_v20180301' },
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    close: () => {
      links.stop()
      fileSystems.stop()
      return Promise.resolve()
    },
    sweep: () => fileSystems.sweep(),
  }
}
