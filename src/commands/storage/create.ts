import { string } from '@oclif/core/args'
import { boolean, integer, option, string as stringFlag } from '@oclif/core/flags'
import { createStorage } from '../../app/storage/create-storage.ts'
import type { CreatedStorage } from '../../app/results/images-and-storage.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import { storageFromFlags } from '../../config/storage-flags.ts'
import { BUILT_IN_FLEET } from '../../config/settings.ts'
import { formatStorageCreated } from '../../ui/results/format-storage.ts'

/** Makes storage ahead of its fleet. */
export default class StorageCreate extends CloudCommand<CreatedStorage> {
  static override summary = 'Make the storage of a fleet before its nodes; it is kept when the fleet is taken down'
  static override args = {
    fleet: string({ description: 'the fleet that will mount it, described in muster.yaml or not', required: true }),
  }
  static override flags = {
    ...cloudFlags,
    capacity: stringFlag({ summary: 'its size: 1200 GiB, 2.4 TiB', helpValue: 'SIZE' }),
    deployment: option({ options: ['SCRATCH_2', 'PERSISTENT_2'] as const, summary: 'which kind' })(),
    throughput: integer({ summary: 'MB/s a TiB of PERSISTENT_2: 125, 250, 500, 1000', helpValue: 'N' }),
    compression: option({ options: ['none', 'lz4'] as const, summary: 'of its data' })(),
    metadata: stringFlag({ summary: 'automatic, or operations a second of PERSISTENT_2', helpValue: 'IOPS' }),
    efa: boolean({ summary: 'reached over EFA', allowNo: true }),
    mount: stringFlag({ summary: 'where nodes mount it', helpValue: 'PATH' }),
    import: stringFlag({ summary: 'whose objects appear in /data', helpValue: 's3://BUCKET/PREFIX' }),
    export: stringFlag({ summary: 'where its files go', helpValue: 's3://BUCKET/PREFIX' }),
    'on-teardown': option({
      options: ['export', 'keep', 'delete'] as const,
      summary: 'what becomes of it when its fleet is taken down',
    })(),
    zone: stringFlag({ summary: 'where; the nodes will be there too', helpValue: 'ZONE' }),
  }
  static override examples = [
    'As muster.yaml describes it\n<%= config.bin %> storage create hpc',
    'A larger one, with data from a bucket\n<%= config.bin %> storage create hpc --capacity 4800GiB --import s3://data/in',
  ]

  async run(): Promise<CreatedStorage> {
    const { args, flags } = await this.parse(StorageCreate)
    const { settings, connect, console } = await this.open(flags)
    const fleet = settings.fleets[args.fleet] ?? { ...BUILT_IN_FLEET, name: args.fleet }
    const spec = storageFromFlags(args.fleet, fleet.storage, { ...flags, onTeardown: flags['on-teardown'] })
    const result = await createStorage({ fleet, spec, zone: flags.zone ?? null }, await connect())
    console.show(result, (theme) => formatStorageCreated(result, theme))
    return result
  }
}
