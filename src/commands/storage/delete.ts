import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { deletableStorage, deleteStorage } from '../../app/storage/delete-storage.ts'
import type { TakeDownResult } from '../../app/results/fleet.ts'
import type { Services } from '../../app/services.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import type { ObservedStorage } from '../../core/fleet/observed-storage.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { formatDown } from '../../ui/results/format-down.ts'

/** Deletes a file system that no node uses. */
export default class StorageDelete extends CloudCommand<TakeDownResult> {
  static override summary = 'Delete storage with all that is on it'
  static override args = {
    name: string({ description: 'its id, or the name of its fleet', required: true }),
  }
  static override flags = {
    ...cloudFlags,
    'discard-data': boolean({ summary: 'also with data that are not exported, or were to be kept' }),
    yes: boolean({ char: 'y', summary: 'do not ask' }),
  }
  static override examples = [
    'Delete what a fleet left\n<%= config.bin %> storage delete hpc --yes',
    'Give up data that are nowhere else\n<%= config.bin %> storage delete fs-0123456789abcdef0 --discard-data --yes',
  ]

  async run(): Promise<TakeDownResult> {
    const { args, flags } = await this.parse(StorageDelete)
    const { connect, console } = await this.open(flags)
    const services = await connect()
    const storage = await deletableStorage(args.name, flags['discard-data'], services)
    if (!flags.yes) await confirm(storage, services)
    const result = await deleteStorage(storage, services)
    console.show(result, (theme) => formatDown([result], theme))
    return result
  }
}

async function confirm({ id, fleet, capacityGiB }: ObservedStorage, { prompter }: Services): Promise<void> {
  const choices = [
    { value: 'yes', label: 'delete it' },
    { value: 'no', label: 'leave it' },
  ] as const
  const answer = await prompter.choose(
    `delete ${id} (${capacityGiB} GiB, fleet ${fleet}) and all data on it?`,
    choices,
    'no',
  )
  if (answer === 'no') {
    throw new MusterError('Declined', `${id} is left as it is`, { suggestions: [`muster storage delete ${id} --yes`] })
  }
}
