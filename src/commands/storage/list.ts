import { listStorage } from '../../app/storage/list-storage.ts'
import type { StorageList as Result } from '../../app/results/images-and-storage.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import { formatStorageList } from '../../ui/results/format-storage.ts'

/** Lists file systems, also those that outlived their fleets. */
export default class StorageList extends CloudCommand<Result> {
  static override summary = 'List the storage that muster made: state, size, $/h, and whether it is exported'
  static override flags = { ...cloudFlags }
  static override examples = [
    'What is there\n<%= config.bin %> storage list',
    'As JSON\n<%= config.bin %> storage list --json',
  ]

  protected override readonly isReader = true

  async run(): Promise<Result> {
    const { flags } = await this.parse(StorageList)
    const { connect, console } = await this.open(flags)
    const result = await listStorage(await connect())
    console.show(result, (theme) =>
      formatStorageList(result, { theme, columns: process.stdout.columns, now: Date.now() }),
    )
    return result
  }
}
