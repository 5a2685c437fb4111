import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeFileSystemsCommand,
  FSxClient,
  type FileSystem,
} from '@aws-sdk/client-fsx'
import type { Storage, StorageRequest } from '../../ports/storage.ts'
import { clientConfig, connected } from '../client-factory.ts'
import { isAwsClass } from '../error-map.ts'
import { allPages } from '../pages.ts'
import { poll } from '../poll.ts'
import type { Caller } from '../send.ts'
import type { AwsSettings } from '../settings.ts'
import { fleetNames, TAG, tagValue } from '../tags.ts'
import { fileSystemInput } from './create-input.ts'
import { observedStorage } from './observed.ts'

type Fsx = Caller<FSxClient>

/** How long a security group whose rules were written a moment ago may count as closed. */
const RULES_SETTLE_MS = 20_000

/** Storage over FSx for Lustre. FSx describes without filters: all file systems are read, and told apart by tag. */
export function connectStorage(settings: AwsSettings): Storage {
  const fsx = connected(new FSxClient(clientConfig('FSX', settings)), 'FSX', settings)
  return {
    async observe(fleet) {
      const systems = await lustreSystems(fsx)
      return systems.filter((one) => tagValue(one.Tags, TAG.fleet) === fleet).map(observedStorage)
    },
    fleets: async () => fleetNames((await lustreSystems(fsx)).map((one) => one.Tags)),
    create: (request) => create(fsx, settings, request),
    remove: (id) => remove(fsx, id),
  }
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
    throw error
  }
}

/** True where it is being deleted already, or gone: a second deletion is refused with a code that says nothing of that. */
async function isGoing(fsx: Fsx, id: string): Promise<boolean> {
  const system = (await lustreSystems(fsx)).find((one) => one.FileSystemId === id)
  return system === undefined || system.Lifecycle === 'DELETING'
}
