import type { Services } from '../app/services.ts'
import type { Settings, SettingsFlags } from '../config/settings.ts'
import type { OutputSink } from '../ports/output-sink.ts'
import { MusterCommand } from './command.ts'

/**
 * A command that works in a cloud: settings first, then a connection. Between the two lies everything that can be refused
 * before anything is started or made.
 */
export abstract class CloudCommand<T> extends MusterCommand<T> {
  /** Throws ConfigInvalid or UsageInvalid. */
  protected async settings(flags: SettingsFlags): Promise<Settings> {
    const { loadSettings } = await import('../config/load-settings.ts')
    return loadSettings({ cwd: process.cwd(), env: process.env, flags })
  }

  /** The cloud of the settings, with the sandbox started where it is that. From here on signals are handled. */
  protected async connect(settings: Settings): Promise<Services> {
    const [{ compose }, interrupts] = await Promise.all([import('./compose.ts'), this.interrupts()])
    const console = await this.console()
    const composed = await compose({ settings, console, interrupts, env: process.env })
    this.onEnd(composed.close)
    return composed.services
  }

  /** Where a job's output goes: our own streams; with --json (stdout is the document's) stderr, with -q as well nowhere. */
  protected async output(
    options: { readonly timestamps?: boolean; readonly leaveWhenClosed?: boolean } = {},
  ): Promise<OutputSink> {
    throw new Error('not yet')
  }
}
