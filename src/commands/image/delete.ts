import { string } from '@oclif/core/args'
import { deleteImage } from '../../app/image/images.ts'
import type { ImageRemoval } from '../../app/results/images-and-storage.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import { formatImageRemoval } from '../../ui/results/format-image.ts'

/** Removes an image that muster has made, with its snapshots; no other can be removed by it. */
export default class ImageDelete extends CloudCommand<ImageRemoval> {
  static override summary = 'Remove an image that muster has made, with its snapshots'
  static override args = {
    image: string({ description: 'its id or its name', required: true }),
  }
  static override flags = cloudFlags
  static override examples = [
    'By its name\n<%= config.bin %> image delete hpc-2026-11',
    'By its id, on AWS\n<%= config.bin %> image delete ami-0123456789abcdef0 --cloud aws',
  ]

  async run(): Promise<ImageRemoval> {
    const { args, flags } = await this.parse(ImageDelete)
    const { connect, console } = await this.open(flags)
    const result = await deleteImage(args.image, await connect())
    console.show(result, (theme) => formatImageRemoval(result, theme))
    return result
  }
}
