import { listImages } from '../../app/image/images.ts'
import type { ImageList } from '../../app/results/images-and-storage.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import { formatImages } from '../../ui/results/format-image.ts'

/** What `muster image bake` has made, read from the cloud. */
export default class ImageListCommand extends CloudCommand<ImageList> {
  static override summary = 'Show the images that muster has made here'
  static override flags = cloudFlags
  static override examples = [
    'Those of the sandbox\n<%= config.bin %> image list',
    'Those of AWS as JSON\n<%= config.bin %> image list --cloud aws --json',
  ]

  protected override readonly isReader = true

  async run(): Promise<ImageList> {
    const { flags } = await this.parse(ImageListCommand)
    const { connect, console } = await this.open(flags)
    const result = await listImages(await connect())
    console.show(result, (theme) => formatImages(result, theme, Date.now(), process.stdout.columns))
    return result
  }
}
