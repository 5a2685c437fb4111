import { MusterError } from '../../core/errors/muster-error.ts'
import { nearest } from '../../kit/nearest.ts'

/** What oclif's parser throws, as far as it is read here; its classes are not imported, because that loads the parser. */
interface ParserError extends Error {
  readonly flags?: readonly string[]
  readonly args?: readonly unknown[]
  readonly parse?: { readonly input?: ParserInput }
  readonly oclif?: { readonly exit?: number }
}

interface ParserInput {
  readonly flags?: Readonly<Record<string, { readonly char?: string }>>
}

/** A wrong command line in our words, with the nearest flag that exists; null for anything else. `command` is null where none was found. */
export function usageError(thrown: unknown, command: string | null): MusterError | null {
  if (!(thrown instanceof Error) || (thrown as ParserError).oclif?.exit !== 2) return null
  const error = thrown as ParserError
  const input = error.parse?.input
  const help = helpOf(command)
  if (error.flags !== undefined && error.message.startsWith('Nonexistent flag')) {
    const known = flagNames(input)
    const near = error.flags.flatMap((flag) => nearest(flag.split('=', 1)[0] ?? flag, known, 1))
    return new MusterError('UsageInvalid', `no such flag: ${error.flags.join(', ')}`, {
      suggestions: [...near.map((flag) => `did you mean ${flag}?`), help],
      data: { nearest: near },
    })
  }
  return new MusterError('UsageInvalid', plain(error.message), { cause: undefined, suggestions: [help] })
}

/** What shows a command's flags; the commands, where none was found. */
export function helpOf(command: string | null): string {
  return `muster ${command === null ? '' : `${command.replaceAll(':', ' ')} `}--help`
}

function flagNames(input: ParserInput | undefined): string[] {
  return Object.entries(input?.flags ?? {}).flatMap(([name, flag]) =>
    flag.char === undefined ? [`--${name}`] : [`--${name}`, `-${flag.char}`],
  )
}

/** oclif's message on one line, lower case, without its colours, its list bullets and `See more help`. */
function plain(message: string): string {
  const text = message
    // eslint-disable-next-line no-control-regex
    .replaceAll(/\u001B\[[0-9;]*m/g, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\s*See more help with --help\s*$/, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/ +/g, ' ')
    .replace(/^Parsing (--\S+) (\w)/, (_, flag: string, first: string) => `${flag}: ${first.toLowerCase()}`)
    .trim()
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
