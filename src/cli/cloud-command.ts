import type { Services } from '../app/services.ts'
import type { Settings, SettingsFlags } from '../config/settings.ts'
import { isMusterError, MusterError } from '../core/errors/muster-error.ts'
import type { Prompter } from '../ports/prompter.ts'
import { MusterCommand } from './command.ts'
import type { Console } from './console.ts'
import type { ProgressFlag } from './flags.ts'

export interface CloudFlags extends SettingsFlags {
  readonly progress?: ProgressFlag | undefined
  readonly quiet: boolean
  readonly verbose: boolean
  /** Reads, and makes nothing: the command is a reader then. */
  readonly 'dry-run'?: boolean
}

/** What a cloud command works with; nothing is started, made or asked of a cloud before `connect`. */
export interface Session {
  readonly settings: Settings
  readonly console: Console
  /** The cloud of the settings, with the sandbox started where it is that. From here on signals are handled. */
  readonly connect: () => Promise<Services>
}

/** A command that works in a cloud. Between `open` and `connect` lies all that can be refused before anything is made. */
export abstract class CloudCommand<T> extends MusterCommand<T> {
  /** True for commands that only read: which cloud they read is said in their result. */
  protected readonly isReader: boolean = false
  /** True for commands that raise nodes. */
  protected readonly needsNodes: boolean = false
  #cleanUp: () => string | null = () => null
  #reads = false

  /** Throws ConfigInvalid or UsageInvalid. */
  protected async open(flags: CloudFlags): Promise<Session> {
    const [{ loadSettings }, { createConsole }] = await Promise.all([
      import('../config/load-settings.ts'),
      import('./console.ts'),
    ])
    const settings = await loadSettings({ cwd: process.cwd(), env: process.env, flags })
    this.#reads = this.isReader || flags['dry-run'] === true
    const console = createConsole({
      mode: flags.progress,
      quiet: flags.quiet || (this.#reads && !flags.verbose),
      verbose: flags.verbose,
      json: this.jsonEnabled(),
      env: process.env,
    })
    this.onEnd(console.close)
    return { settings, console, connect: () => this.#connect(settings, console) }
  }

  /** After an interrupt the hint is what is left to clean up now that the undoing has ended. */
  protected override async catch(thrown: unknown): Promise<void> {
    if (!isMusterError(thrown, 'Interrupted')) return super.catch(thrown)
    const { message, exitCode, cause } = thrown
    const suggestions = [this.#cleanUp() ?? 'muster status']
    return super.catch(new MusterError('Interrupted', message, { exitCode, cause, suggestions }))
  }

  async #connect(settings: Settings, console: Console): Promise<Services> {
    const [{ compose }, { interruptsOf }, { terminalPrompter }] = await Promise.all([
      import('./compose.ts'),
      import('./process-interrupts.ts'),
      import('./prompter.ts'),
    ])
    const interrupts = interruptsOf(console)
    // What only reads has nothing to undo: ctrl-C ends it as it ends any program, at once.
    if (this.#reads) interrupts.close()
    this.#cleanUp = interrupts.cleanUp
    this.onEnd(interrupts.close)
    const asking = terminalPrompter(process, console.pause)
    const prompter: Prompter = {
      interactive: asking.interactive,
      choose: async (question, choices, unattended, withdrawn) => {
        const answer = await asking.choose(question, choices, unattended, withdrawn)
        if (answer === 'go-on' || withdrawn?.aborted === true) interrupts.goOn()
        return answer
      },
    }
    const needsNodes = this.needsNodes && !this.#reads
    return compose({ settings, events: console.events, interrupts, prompter, env: process.env, needsNodes })
  }
}
