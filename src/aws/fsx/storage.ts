import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
  TagResourceCommand,
  type FileSystem,
} from '@aws-sdk/client-fsx'
import { dataToTag, type ObservedStorage } from '../../core/fleet/observed-storage.ts'
import type { Storage, StorageRequest } from '../../ports/storage.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { clientConfig, connected } from '../client-factory.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import { poll } from '../poll.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'
import { fleetNames, TAG, tagList, tagValue } from '../tags.ts'
import { fileSystemInput } from './create-input.ts'
import { beginTask, cancelTask, link, linksOf, tasksOf } from './links.ts'
import { observedStorage } from './observed.ts'

type Fsx = Caller<FSxClient>

/** How long a security group whose rules were written a moment ago may count as closed. */
const RULES_SETTLE_MS = 20_000

/** Storage over FSx for Lustre. FSx describes without filters: all file systems are read, and told apart by tag. */
export function connectStorage(settings: AwsSettings): Storage {
  const fsx = connected(new FSxClient(clientConfig('FSX', settings)), 'FSX', settings)
  return {
    async observe(fleet) {
      const systems = (await lustreSystems(fsx)).filter((one) => tagValue(one.Tags, TAG.fleet) === fleet)
      return Promise.all(systems.map((one) => withLinks(fsx, one)))
    },
    async find(id) {
      const system = (await lustreSystems(fsx)).find((one) => one.FileSystemId === id)
      return system === undefined ? null : observedStorage(system)
    },
    async list() {
      const systems = (await lustreSystems(fsx)).filter((one) => tagValue(one.Tags, TAG.fleet) !== null)
      return systems.map((one) => observedStorage(one))
    },
    fleets: async () => fleetNames((await lustreSystems(fsx)).map((one) => one.Tags)),
    create: (request) => create(fsx, settings, request),
    remove: (id) => remove(fsx, id),
    mark: (id, data) => mark(fsx, id, dataToTag(data)),
    link: (request) => link(fsx, request),
    beginImport: (request) => beginTask(fsx, 'IMPORT_METADATA_FROM_REPOSITORY', request),
    beginExport: (request) => beginTask(fsx, 'EXPORT_TO_REPOSITORY', request, { [TAG.flush]: request.stamp }),
    cancelTask: (id) => cancelTask(fsx, id),
  }
}

/** Links and tasks are asked for where the contract has any: most fleets' storage costs no further call. */
async function withLinks(fsx: Fsx, system: FileSystem): Promise<ObservedStorage> {
  const bare = observedStorage(system)
  if (bare.state !== 'available' || (bare.contract.exportTo === null && bare.contract.imports === 0)) return bare
  const [links, tasks] = await Promise.all([linksOf(fsx, bare.id), tasksOf(fsx, bare.id)])
  return observedStorage(system, links, tasks)
}

async function mark(fsx: Fsx, id: string, value: string): Promise<void> {
  const system = (await lustreSystems(fsx)).find((one) => one.FileSystemId === id)
  if (system === undefined) return
  await fsx.send(new TagResourceCommand({ ResourceARN: system.ResourceARN, Tags: tagList({ [TAG.data]: value }) }))
}

function lustreSystems(fsx: Fsx): Promise<FileSystem[]> {
  return allPages(async (NextToken) => {
    const page = await fsx.send(new DescribeFileSystemsCommand({ NextToken }))
    return { items: page.FileSystems?.filter((one) => one.FileSystemType === 'LUSTRE'), next: page.NextToken }
  })
}

async function create(fsx: Fsx, settings: AwsSettings, request: StorageRequest): Promise<{ id: string }> {
  let last: unknown
  const id = await poll(settings, RULES_SETTLE_MS, async () => {
    try {
      const made = await fsx.send(new CreateFileSystemCommand(fileSystemInput(request)))
      return made.FileSystem?.FileSystemId ?? ''
    } catch (error) {
      last = error
      if (isAwsClass(error, 'bad-network')) return undefined
      throw error
    }
  })
  if (id === null) throw last
  return { id }
}

async function remove(fsx: Fsx, id: string): Promise<void> {
  try {
    await fsx.send(new DeleteFileSystemCommand({ FileSystemId: id, LustreConfiguration: { SkipFinalBackup: true } }))
  } catch (error) {
    if (isAwsClass(error, 'gone') || (await isGoing(fsx, id))) return
    // The refusal's code says nothing of why (BadRequest, FSx API reference).
    const tasks = await tasksOf(fsx, id).catch(() => [])
    const busy = tasks.find((task) => task.Lifecycle === 'PENDING' || task.Lifecycle === 'EXECUTING')
    if (busy === undefined) throw error
    throw new MusterError('FleetBusy', `task ${busy.TaskId} copies from or to ${id}`, { cause: error })
  }
}

/** True where it is being deleted already, or gone: a second deletion is refused with a code that says nothing of that. */
async function isGoing(fsx: Fsx, id: string): Promise<boolean> {
  const system = (await lustreSystems(fsx)).find((one) => one.FileSystemId === id)
  return system === undefined || system.Lifecycle === 'DELETING'
}
