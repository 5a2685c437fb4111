import { boolean } from '@oclif/core/flags'
import { MusterCommand } from '../../cli/command.ts'
import { cloudFlags } from '../../cli/flags.ts'
import { describeSettings, type ShownSetting } from '../../config/describe-settings.ts'
import { loadSettings } from '../../config/load-settings.ts'
import { createTheme } from '../../ui/theme.ts'
import { table } from '../../ui/table.ts'

/** What holds for a command here, and where each value comes from; asks no cloud. */
export default class ConfigShow extends MusterCommand<readonly ShownSetting[]> {
  static override summary = 'Show the settings that hold here, and where each comes from'
  static override flags = {
    ...cloudFlags,
    origin: boolean({
      summary: 'where each value comes from: a flag, a variable, muster.yaml:3:9, built in',
      default: false,
    }),
  }
  static override examples = [
    'What holds in this folder\n<%= config.bin %> config show',
    'And where it comes from\n<%= config.bin %> config show --origin',
  ]

  async run(): Promise<readonly ShownSetting[]> {
    const { flags } = await this.parse(ConfigShow)
    const shown = describeSettings(await loadSettings({ cwd: process.cwd(), env: process.env, flags }))
    if (this.jsonEnabled()) return shown
    const rows = shown.map(({ key, value, origin }) => [key, JSON.stringify(value), ...(flags.origin ? [origin] : [])])
    const titles = ['KEY', 'VALUE', ...(flags.origin ? ['FROM'] : [])].map((title) => ({
      title,
      flexible: title === 'VALUE',
    }))
    const theme = createTheme(process.stdout, process.env)
    const [head = '', ...lines] = table(titles, rows, process.stdout.columns)
    process.stdout.write(`${[theme.faint(head), ...lines].join('\n')}\n`)
    return shown
  }
}
