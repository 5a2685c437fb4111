import type { Operation } from '../../service.ts'
import { pageOf } from '../json/page.ts'
import { integer, listOf, members } from '../json/shape.ts'
import { FILE_SYSTEM_ID, PAGE_TOKEN, badToken, read } from './input.ts'
import { renderFileSystem } from './render-file-system.ts'
import type { FileSystems } from './state/file-systems.ts'

/** DescribeFileSystems: all of the region, or those named; a named one that is not there refuses the whole call. */
export function describeFileSystems(fileSystems: FileSystems): Operation {
  return {
    name: 'DescribeFileSystems',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const ids = input.FileSystemIds ?? []
      const found = ids.length > 0 ? ids.map((id) => fileSystems.get(region, id)) : fileSystems.list(region)
      const page = pageOf(found, ({ id }) => id, Math.min(input.MaxResults ?? MOST, MOST), input.NextToken, badToken)
      return {
        FileSystems: page.items.map((each) => renderFileSystem(each, fileSystems.world)),
        NextToken: page.nextToken,
      }
    },
  }
}

/** The model's limit of the list in one answer. */
const MOST = 50

const SHAPE = members(
  {},
  {
    FileSystemIds: listOf(FILE_SYSTEM_ID, { max: 50 }),
    MaxResults: integer({ most: 2_147_483_647, least: 1 }),
    NextToken: PAGE_TOKEN,
  },
)
