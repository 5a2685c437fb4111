import { CommandHelp, Help } from '@oclif/core/help'
import { ERRORS, EXIT } from '../core/errors/codes.ts'

/** oclif's help with the exit codes of each command, and for the whole program the common ones. */
export default class MusterHelp extends Help {
  protected override CommandHelpClass = MusterCommandHelp

  /** Help on a command that there is not names the nearest ones, as typing it would. */
  override async showHelp(argv: string[]): Promise<void> {
    const words = argv.filter((word) => !word.startsWith('-'))
    const id = words.join(':')
    const { commandIDs, topics } = this.config
    const isKnown = words.length === 0 || [...commandIDs, ...topics.map((topic) => topic.name)].includes(words[0] ?? '')
    if (isKnown) return super.showHelp(argv)
    const { failures } = await this.config.runHook('command_not_found', { id, argv: [] })
    throw failures[0]?.error ?? new TypeError(`${id} is no command`)
  }

  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp()
    this.log(this.section('EXIT CODES', exitCodes()))
  }
}

class MusterCommandHelp extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const own = (this.command as { exitCodes?: readonly [string, string][] }).exitCodes
    const table = exitCodes(own)
    return [...super.sections(), { header: 'EXIT CODES', generate: (_, header) => ({ header, body: table }) }]
  }
}

/** The table of exit codes; `own` rows replace those of the same number and add to them. */
function exitCodes(own: readonly [string, string][] = []): [string, string][] {
  const common: [string, string][] = [
    [String(EXIT.done), 'done, also where there was nothing to do'],
    [String(EXIT.failed), 'failed'],
    [String(EXIT.usage), 'wrong command line, configuration or job file; nothing was made'],
    [String(EXIT.declined), 'you answered no, or nobody could be asked'],
    [String(EXIT.auth), 'credentials are missing or refused'],
    [String(EXIT.capacity), 'no capacity, or a quota or a limit is reached'],
    [String(EXIT.partial), 'done in part'],
    [String(EXIT.bug), `unexpected failure; ${ERRORS.Bug.suggest}`],
    [String(EXIT.interrupted), 'interrupted'],
  ]
  const replaced = new Map([...common, ...own])
  return [...replaced]
    .filter(([, meaning]) => meaning !== '')
    .toSorted(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
}
