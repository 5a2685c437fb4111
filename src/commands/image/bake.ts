import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { bakeImage } from '../../app/image/bake.ts'
import type { BakeResult } from '../../app/results/images-and-storage.ts'
import { CloudCommand } from '../../cli/cloud-command.ts'
import { cloudFlags, yesFlag } from '../../cli/flags.ts'
import { chooseFleet } from '../../config/choose-fleet.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import { formatBake } from '../../ui/results/format-image.ts'

/** Makes an image that has what a fleet's user data would bring, so that its nodes boot in a minute. */
export default class ImageBake extends CloudCommand<BakeResult> {
  static override summary = 'Make an image that has what a fleet needs, so that its nodes boot faster'
  static override args = {
    fleet: string({ description: 'a fleet of muster.yaml; the default one where none is named' }),
  }
  static override flags = {
    ...cloudFlags,
    ...yesFlag,
    name: stringFlag({ summary: 'what the image is called; by default the fleet and the time', helpValue: 'NAME' }),
  }
  static override examples = [
    'Make one for the default fleet\n<%= config.bin %> image bake',
    'Make one for a fleet on AWS, under a name\n<%= config.bin %> image bake hpc --name hpc-2026-11 --cloud aws',
  ]

  protected override readonly needsNodes = true

  async run(): Promise<BakeResult> {
    const { args, flags } = await this.parse(ImageBake)
    const name = nameFromFlag(flags.name)
    const { settings, connect, console } = await this.open(flags)
    const fleet = chooseFleet(settings, args.fleet)
    const result = await bakeImage({ fleet, name, approval: { yes: flags.yes } }, await connect())
    console.show(result, (theme) => formatBake(result, theme))
    return result
  }
}

/** As EC2 takes it (CreateImage, Name). Throws UsageInvalid. */
export function nameFromFlag(name: string | undefined): string | null {
  if (name === undefined) return null
  if (/^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/.test(name)) return name
  throw new MusterError(
    'UsageInvalid',
    `--name ${JSON.stringify(name)} is no name of an image: 3 to 128 letters, digits and ()[] ./-'@_`,
    {
      suggestions: ['muster image bake --name hpc-1'],
    },
  )
}
