import type { Operation } from '../../service.ts'
import { flag, members } from '../json/shape.ts'
import { FILE_SYSTEM_ID, TAGS, TOKEN, badRequest, read } from './input.ts'
import type { Links } from './links/links.ts'

/** DeleteFileSystem: DELETING, then gone with its data. Nodes that have it mounted do not hinder it, tasks under way do. */
export function deleteFileSystem(links: Links): Operation {
  return {
    name: 'DeleteFileSystem',
    handle(raw, { region }) {
      const { FileSystemId: id, LustreConfiguration: lustre } = read(SHAPE, raw)
      const fileSystem = links.fileSystems.get(region, id)
      if (lustre?.SkipFinalBackup === false) {
        throw badRequest('The sandbox makes no backups: leave SkipFinalBackup out, or set it to true.')
      }
      links.beforeDelete(fileSystem)
      links.fileSystems.delete(fileSystem)
      return { FileSystemId: id, Lifecycle: 'DELETING', LustreResponse: {} }
    },
  }
}

const SHAPE = members(
  { FileSystemId: FILE_SYSTEM_ID },
  { ClientRequestToken: TOKEN, LustreConfiguration: members({}, { SkipFinalBackup: flag(), FinalBackupTags: TAGS }) },
)
