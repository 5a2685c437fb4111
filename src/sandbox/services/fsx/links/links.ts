import { AwsError } from '../../../aws-error.ts'
import type { ObjectDirectory } from '../../../world.ts'
import type { FileSystem } from '../state/file-system.ts'
import type { FileSystems } from '../state/file-systems.ts'
import type { Synced } from '../transfer/export-files.ts'
import { newProgress } from '../transfer/progress.ts'
import type { Association } from './association.ts'
import { runTask } from './run-task.ts'
import { isActive, newTaskId, type Task } from './task.ts'

/** The associations of file systems with S3, and the tasks that copy. */
export interface Links {
  readonly fileSystems: FileSystems
  /** Throws InternalError where the sandbox has no S3. */
  objects(): ObjectDirectory
  associations(region: string): readonly Association[]
  /** Throws DataRepositoryAssociationNotFound. */
  association(region: string, id: string): Association
  addAssociation(association: Association): void
  updateAssociation(association: Association): void
  deleteAssociation(association: Association): void
  tasks(region: string): readonly Task[]
  /** Throws DataRepositoryTaskNotFound. */
  task(region: string, id: string): Task
  addTask(task: Task): void
  /** Throws DataRepositoryTaskEnded. */
  cancelTask(task: Task): void
  /** Throws BadRequest while a task is pending or executing; forgets its associations otherwise. */
  beforeDelete(fileSystem: FileSystem): void
  stop(): void
}

export function createLinks(fileSystems: FileSystems): Links {
  const { world } = fileSystems
  const { clock, pace, faults } = world
  const associations = new Map<string, Association>()
  const tasks = new Map<string, Task>()
  const synced = new Map<string, Synced>()
  const syncedOf = (id: string): Synced => synced.get(id) ?? synced.set(id, new Map()).get(id)!

  const objects = (): ObjectDirectory => {
    const found = world.directories.objects
    if (!found) throw new AwsError('InternalServerError', 'This sandbox has no S3.', 500)
    return found
  }
  const of = (fileSystemId: string) => [...associations.values()].filter((each) => each.fileSystemId === fileSystemId)

  function start(task: Task): void {
    task.stopTimer = clock.after(pace.repositoryTaskMs ?? 0, () => {
      task.lifecycle = 'EXECUTING'
      task.startedAt = clock.now()
      void execute(task).finally(() => {
        task.endedAt = clock.now()
      })
    })
  }
  async function execute(task: Task): Promise<void> {
    const fault = faults.take('transfer-fails')
    if (fault && fault.files === undefined) return fail(task, 'The task could not be completed.')
    task.progress.toFail = fault?.files ?? 0
    const usable = of(task.fileSystemId).filter(({ lifecycle }) => lifecycle === 'AVAILABLE')
    const root = fileSystems.folderOf(task.fileSystemId)
    try {
      await runTask(task, { root, associations: usable, synced: syncedOf(task.fileSystemId), objects: objects() })
    } catch (error) {
      return fail(task, error instanceof Error ? error.message : String(error))
    }
    if (task.progress.isCancelled) task.lifecycle = 'CANCELED'
    else if (task.progress.failed > 0) fail(task, `${task.progress.failed} files could not be processed.`)
    else task.lifecycle = 'SUCCEEDED'
  }
  const links: Links = {
    fileSystems,
    objects,
    associations: (region) => [...associations.values()].filter((each) => each.region === region),
    association(region, id) {
      const found = associations.get(id)
      if (found?.region === region) return found
      throw new AwsError('DataRepositoryAssociationNotFound', `Data repository association '${id}' does not exist.`)
    },
    addAssociation(association) {
      associations.set(association.id, association)
      const fails = faults.take('link-fails') !== undefined
      association.stopTimer = clock.after(pace.fileSystemMs, () => {
        association.lifecycle = fails ? 'FAILED' : 'AVAILABLE'
        association.failure = fails ? 'Amazon FSx could not access the bucket.' : null
        if (!fails && association.batchImport) links.addTask(batchImport(association, clock.now()))
      })
    },
    updateAssociation(association) {
      association.lifecycle = 'UPDATING'
      association.stopTimer = clock.after(pace.fileSystemMs, () => {
        association.lifecycle = 'AVAILABLE'
      })
    },
    deleteAssociation(association) {
      association.stopTimer()
      association.lifecycle = 'DELETING'
      association.stopTimer = clock.after(pace.fileSystemDeletingMs, () => {
        associations.delete(association.id)
      })
    },
    tasks: (region) => [...tasks.values()].filter((each) => each.region === region),
    task(region, id) {
      const found = tasks.get(id)
      if (found?.region === region) return found
      throw new AwsError('DataRepositoryTaskNotFound', `Data repository task '${id}' does not exist.`)
    },
    addTask(task) {
      tasks.set(task.id, task)
      start(task)
    },
    cancelTask(task) {
      if (task.lifecycle === 'CANCELING') return
      if (!isActive(task)) throw new AwsError('DataRepositoryTaskEnded', `The task '${task.id}' has ended.`)
      task.progress.isCancelled = true
      if (task.lifecycle === 'EXECUTING') {
        task.lifecycle = 'CANCELING'
        return
      }
      task.stopTimer()
      task.lifecycle = 'CANCELED'
      task.endedAt = clock.now()
    },
    beforeDelete({ id }) {
      const busy = [...tasks.values()].find((task) => task.fileSystemId === id && isActive(task))
      if (busy) {
        const why = `the data repository task ${busy.id} is ${busy.lifecycle}`
        throw new AwsError('BadRequest', `The file system '${id}' cannot be deleted while ${why}.`)
      }
      synced.delete(id)
      for (const each of of(id)) {
        each.stopTimer()
        associations.delete(each.id)
      }
    },
    stop() {
      for (const each of [...associations.values(), ...tasks.values()]) each.stopTimer()
      for (const { progress } of tasks.values()) progress.isCancelled = true
    },
  }
  return links
}

function fail(task: Task, why: string): void {
  task.lifecycle = 'FAILED'
  task.failure = why
}

function batchImport({ region, fileSystemId, repository }: Association, now: number): Task {
  return {
    id: newTaskId(),
    region,
    fileSystemId,
    type: 'IMPORT_METADATA_FROM_REPOSITORY',
    paths: [repository],
    report: { Enabled: false },
    createdAt: now,
    tags: new Map(),
    token: undefined,
    progress: newProgress(),
    lifecycle: 'PENDING',
    failure: null,
    startedAt: null,
    endedAt: null,
    stopTimer: () => {},
  }
}
