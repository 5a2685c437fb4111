import type { Operation } from '../../../service.ts'
import { AwsError } from '../../../aws-error.ts'
import { flag, integer, listOf, members, oneOf, type Read } from '../../json/shape.ts'
import { FILE_SYSTEM_ID, TAGS, TOKEN, addTags, badRequest, read } from '../input.ts'
import { earlierOf, tokenOf } from '../repeated.ts'
import { namesOf, placeOf } from '../transfer/place.ts'
import { newProgress } from '../transfer/progress.ts'
import { contain, share, type Association } from './association.ts'
import type { Links } from './links.ts'
import { renderTask } from './render.ts'
import { REPOSITORY, TASK_PATH } from './shapes.ts'
import { isActive, newTaskId, type Task, type TaskType } from './task.ts'

/** CreateDataRepositoryTask: one at a time for a file system, and only with what it is linked to. */
export function createDataRepositoryTask(links: Links): Operation {
  const { fileSystems } = links
  return {
    name: 'CreateDataRepositoryTask',
    handle(raw, { region }) {
      const input = read(SHAPE, raw)
      const token = tokenOf(raw, input.ClientRequestToken)
      const earlier = earlierOf(links.tasks(region), token)
      if (earlier) return { DataRepositoryTask: renderTask(earlier, fileSystems.world) }
      const fileSystem = fileSystems.get(region, input.FileSystemId)
      if (input.Type === 'AUTO_RELEASE_DATA' || input.CapacityToRelease !== undefined) {
        throw new AwsError('UnsupportedOperation', 'AUTO_RELEASE_DATA is for Amazon File Cache.')
      }
      const paths = input.Paths ?? []
      const linked = links
        .associations(region)
        .filter((each) => each.fileSystemId === fileSystem.id && each.lifecycle === 'AVAILABLE')
      if (linked.length === 0) throw badRequest('The file system is not linked to a data repository.')
      demandPaths(input.Type, paths, linked)
      demandReport(input.Report, linked)
      const busy = links.tasks(region).find((task) => task.fileSystemId === fileSystem.id && isActive(task))
      if (busy)
        throw new AwsError('DataRepositoryTaskExecuting', `The task ${busy.id} is executing on the file system.`)
      const tags = new Map<string, string>()
      addTags(tags, input.Tags ?? [])
      const task: Task = {
        id: newTaskId(),
        region,
        fileSystemId: fileSystem.id,
        type: input.Type,
        paths,
        report: input.Report,
        createdAt: fileSystems.world.clock.now(),
        tags,
        token,
        progress: newProgress(),
        lifecycle: 'PENDING',
        failure: null,
        startedAt: null,
        endedAt: null,
        stopTimer: () => {},
      }
      links.addTask(task)
      return { DataRepositoryTask: renderTask(task, fileSystems.world) }
    },
  }
}

function demandPaths(type: TaskType, paths: readonly string[], linked: readonly Association[]): void {
  for (const path of paths) {
    const [names, place] = [namesOf(path), placeOf(path)]
    const isKnown =
      type === 'IMPORT_METADATA_FROM_REPOSITORY'
        ? place !== undefined && linked.some((each) => share(each.place, place))
        : names !== undefined && linked.some(({ folder }) => contain(folder, names))
    if (!isKnown) throw badRequest(`The path '${path}' is in no data repository association of the file system.`)
  }
}

/** The report goes to a place that the file system is linked to; otherwise the task does not start. */
function demandReport(report: Read<typeof REPORT>, linked: readonly Association[]): void {
  if (!report.Enabled) return
  if (report.Path === undefined || report.Format === undefined || report.Scope === undefined) {
    throw badRequest('Path, Format and Scope of the report are required when it is enabled.')
  }
  const place = placeOf(report.Path)
  const isInside = linked.some(
    (each) => each.place.bucket === place?.bucket && place.prefix.startsWith(each.place.prefix),
  )
  if (!isInside) throw badRequest(`The report path '${report.Path}' is in no data repository of the file system.`)
}

const REPORT = members(
  { Enabled: flag() },
  { Path: REPOSITORY, Format: oneOf('REPORT_CSV_20191124'), Scope: oneOf('FAILED_FILES_ONLY') },
)

const TYPES = [
  'EXPORT_TO_REPOSITORY',
  'IMPORT_METADATA_FROM_REPOSITORY',
  'RELEASE_DATA_FROM_FILESYSTEM',
  'AUTO_RELEASE_DATA',
] as const

const SHAPE = members(
  { Type: oneOf(...TYPES), FileSystemId: FILE_SYSTEM_ID, Report: REPORT },
  {
    Paths: listOf(TASK_PATH, { max: 100 }),
    ClientRequestToken: TOKEN,
    Tags: TAGS,
    CapacityToRelease: integer({ most: 2_147_483_647, least: 1 }),
    ReleaseConfiguration: members(
      {},
      { DurationSinceLastAccess: members({}, { Unit: oneOf('DAYS'), Value: integer({ least: 0 }) }) },
    ),
  },
)
