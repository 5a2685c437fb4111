import { Command } from '@oclif/core/command'
import type { MusterError } from '../core/errors/muster-error.ts'
import { commonFlags } from './flags.ts'

/** One more row, or another wording, of the table of exit codes in a command's help; no words take the row out. */
export type ExitCodeRow = readonly [code: string, meaning: string]

/**
 * What all commands share: the common flags, `--json`, and the way out. A command parses, builds a typed request, calls one
 * use case, returns its result (the document under `--json`) and shows it; what it opened is closed here, before an error
 * is shown, so that no live frame tangles with it.
 */
export abstract class MusterCommand<T> extends Command {
  static override enableJsonFlag = true
  static override baseFlags = commonFlags
  static exitCodes: readonly ExitCodeRow[] = []

  readonly #closers: (() => Promise<void> | void)[] = []

  abstract override run(): Promise<T>

  /** Called once when the command ends, the last one first. */
  protected onEnd(close: () => Promise<void> | void): void {
    this.#closers.unshift(close)
  }

  /** What the process ends with for this error; `muster run` has its own. */
  protected exitCodeOf(error: MusterError): number {
    return error.exitCode
  }

  /** The one place where an error inside a command becomes words (or a document) and an exit code. */
  protected override async catch(thrown: unknown): Promise<void> {
    const [{ toMusterError }, { presentError }, { hasSwitch }] = await Promise.all([
      import('./errors/convert.ts'),
      import('./errors/present.ts'),
      import('./argv.ts'),
    ])
    await this.#close()
    const error = toMusterError(thrown, process.env, this.id ?? null)
    const exitCode = this.exitCodeOf(error)
    process.exitCode = exitCode
    presentError(error, { json: this.jsonEnabled(), verbose: hasSwitch(this.argv, '-v', '--verbose'), exitCode })
  }

  protected override async finally(): Promise<void> {
    await this.#close()
  }

  /** Plain JSON whatever the terminal: oclif's would be coloured. */
  protected override logJson(json: unknown): void {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`)
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.splice(0)) await close()
  }
}
