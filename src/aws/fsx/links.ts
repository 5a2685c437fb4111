import {
  CancelDataRepositoryTaskCommand,
  CreateDataRepositoryAssociationCommand,
  CreateDataRepositoryTaskCommand,
  DescribeDataRepositoryAssociationsCommand,
  DescribeDataRepositoryTasksCommand,
  type DataRepositoryAssociation,
  type DataRepositoryTask,
  type DataRepositoryTaskType,
  type FSxClient,
} from '@aws-sdk/client-fsx'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { LinkRequest, TaskRequest } from '../../ports/storage.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import type { Caller } from '../send.ts'
import { TAG, tagList } from '../tags.ts'

type Fsx = Caller<FSxClient>

/** The associations of a file system. */
export function linksOf(fsx: Fsx, id: string): Promise<DataRepositoryAssociation[]> {
  const Filters = [{ Name: 'file-system-id' as const, Values: [id] }]
  return allPages(async (NextToken) => {
    const page = await fsx.send(new DescribeDataRepositoryAssociationsCommand({ Filters, NextToken }))
    return { items: page.Associations, next: page.NextToken }
  })
}

/** The tasks of a file system, as far as FSx still knows them. */
export function tasksOf(fsx: Fsx, id: string): Promise<DataRepositoryTask[]> {
  const Filters = [{ Name: 'file-system-id' as const, Values: [id] }]
  return allPages(async (NextToken) => {
    const page = await fsx.send(new DescribeDataRepositoryTasksCommand({ Filters, NextToken }))
    return { items: page.DataRepositoryTasks, next: page.NextToken }
  })
}

/** Without automatic import or export: what is copied when is muster's to say, and an export task wants automatic export off. */
export async function link(fsx: Fsx, { storageId, fleet, token, link: wanted }: LinkRequest): Promise<void> {
  const request = new CreateDataRepositoryAssociationCommand({
    FileSystemId: storageId,
    FileSystemPath: wanted.path,
    DataRepositoryPath: wanted.repository,
    ClientRequestToken: token,
    Tags: tagList({ [TAG.fleet]: fleet }),
  })
  await fsx.send(request)
}

export async function beginTask(
  fsx: Fsx,
  Type: DataRepositoryTaskType,
  { storageId, fleet, token, paths }: TaskRequest,
  tags: Readonly<Record<string, string>> = {},
): Promise<{ id: string }> {
  const request = new CreateDataRepositoryTaskCommand({
    FileSystemId: storageId,
    Type,
    ...(paths.length === 0 ? {} : { Paths: [...paths] }),
    Report: { Enabled: false },
    ClientRequestToken: token,
    Tags: tagList({ [TAG.fleet]: fleet, ...tags }),
  })
  try {
    return { id: (await fsx.send(request)).DataRepositoryTask?.TaskId ?? '' }
  } catch (error) {
    if (!isAwsClass(error, 'in-use')) throw error
    throw new MusterError('FleetBusy', `another task copies from or to ${storageId}`, { cause: error })
  }
}

export async function cancelTask(fsx: Fsx, TaskId: string): Promise<void> {
  try {
    await fsx.send(new CancelDataRepositoryTaskCommand({ TaskId }))
  } catch (error) {
    if (!isAwsClass(error, 'gone')) throw error
  }
}
