import type { Operation } from '../../../service.ts'
import { members } from '../../json/shape.ts'
import { read } from '../input.ts'
import type { Links } from './links.ts'
import { TASK_ID } from './shapes.ts'

/** CancelDataRepositoryTask: what has been copied stays; a task that has ended refuses. */
export function cancelDataRepositoryTask(links: Links): Operation {
  return {
    name: 'CancelDataRepositoryTask',
    handle(raw, { region }) {
      const task = links.task(region, read(SHAPE, raw).TaskId)
      links.cancelTask(task)
      return { TaskId: task.id, Lifecycle: task.lifecycle }
    },
  }
}

const SHAPE = members({ TaskId: TASK_ID }, {})
