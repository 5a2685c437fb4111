import type { Operation } from '../../../service.ts'
import { pageOf } from '../../json/page.ts'
import { integer, listOf, members, oneOf, text } from '../../json/shape.ts'
import { PAGE_TOKEN, badToken, read } from '../input.ts'
import type { Links } from './links.ts'
import { renderTask } from './render.ts'
import { TASK_ID } from './shapes.ts'

/** DescribeDataRepositoryTasks: those named, or those that all filters let through. */
export function describeDataRepositoryTasks(links: Links): Operation {
  const { world } = links.fileSystems
  return {
    name: 'DescribeDataRepositoryTasks',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const named = input.TaskIds?.map((id) => links.task(region, id))
      const found = (named ?? links.tasks(region)).filter((task) =>
        (input.Filters ?? []).every(({ Name, Values }) => {
          if (Values === undefined) return true
          if (Name === 'file-system-id') return Values.includes(task.fileSystemId)
          return Name === 'task-lifecycle' && Values.includes(task.lifecycle)
        }),
      )
      const page = pageOf(found, ({ id }) => id, Math.min(input.MaxResults ?? MOST, MOST), input.NextToken, badToken)
      return { DataRepositoryTasks: page.items.map((each) => renderTask(each, world)), NextToken: page.nextToken }
    },
  }
}

/** The model's limit of the list in one answer. */
const MOST = 50

const NAMES = ['file-system-id', 'task-lifecycle', 'data-repository-association-id', 'file-cache-id'] as const

const SHAPE = members(
  {},
  {
    TaskIds: listOf(TASK_ID, { max: 50 }),
    Filters: listOf(members({}, { Name: oneOf(...NAMES), Values: listOf(text({ max: 128, min: 1 }), { max: 20 }) }), {
      max: 3,
    }),
    MaxResults: integer({ most: 2_147_483_647, least: 1 }),
    NextToken: PAGE_TOKEN,
  },
)
