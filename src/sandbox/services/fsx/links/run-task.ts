import type { ObjectDirectory } from '../../../world.ts'
import { exportFiles, type Synced } from '../transfer/export-files.ts'
import { importObjects } from '../transfer/import-objects.ts'
import { namesOf, placeOf } from '../transfer/place.ts'
import { contain, share, type Association } from './association.ts'
import type { Task } from './task.ts'

export interface TaskGround {
  /** The file system's folder. */
  readonly root: string
  readonly associations: readonly Association[]
  readonly synced: Synced
  readonly objects: ObjectDirectory
}

/** Does what a task is for, counting in its progress; then writes the report that was asked for. */
export async function runTask(task: Task, ground: TaskGround): Promise<void> {
  switch (task.type) {
    case 'EXPORT_TO_REPOSITORY':
      await runExport(task, ground)
      break
    case 'IMPORT_METADATA_FROM_REPOSITORY':
      await runImport(task, ground)
      break
    // What is released is read again from S3 when it is wanted: nobody can tell the difference, so that nothing is done.
    case 'RELEASE_DATA_FROM_FILESYSTEM':
      break
  }
  await writeReport(task, ground.objects)
}

async function runExport(
  { paths, progress }: Task,
  { root, associations, synced, objects }: TaskGround,
): Promise<void> {
  const wanted = paths.map((path) => namesOf(path) ?? [])
  for (const { folder, place } of associations) {
    const meant = wanted.filter((names) => contain(names, folder))
    if (paths.length > 0 && meant.length === 0) continue
    const only = meant
      .filter((names) => names.length > folder.length)
      .map((names) => names.slice(folder.length).join('/'))
    await exportFiles({ root, linked: folder, to: place, only, synced }, objects, progress)
  }
}

async function runImport(
  { paths, progress }: Task,
  { root, associations, synced, objects }: TaskGround,
): Promise<void> {
  const wanted = paths.flatMap((path) => placeOf(path) ?? [])
  for (const { folder, place } of associations) {
    const meant = wanted.filter((one) => share(one, place))
    if (paths.length > 0 && meant.length === 0) continue
    const prefixes = meant.length === 0 ? [place.prefix] : meant.map(({ prefix }) => longer(prefix, place.prefix))
    for (const prefix of new Set(prefixes)) {
      await importObjects({ root, linked: folder, from: place, prefix, synced }, objects, progress)
    }
  }
}

const longer = (a: string, b: string) => (a.length > b.length ? a : b)

/** Of failed files alone: the one scope that there is. */
async function writeReport({ id, report, progress }: Task, objects: ObjectDirectory): Promise<void> {
  const place = report.Enabled ? placeOf(report.Path ?? '') : undefined
  if (!place) return
  const rows = progress.failures.map(({ path, error }) => [path, 'FAILED', error].map(cell).join(','))
  const text = ['FilePath,FileStatus,ErrorCode', ...rows].join('\n')
  await objects.write(place.bucket, `${place.prefix}${id}/failures.csv`, [Buffer.from(`${text}\n`)], {})
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
