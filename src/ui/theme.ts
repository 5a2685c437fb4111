/** Colours and signs of one stream. Meaning never hangs on colour alone: every sign differs too. */
export interface Theme {
  readonly done: (text: string) => string
  readonly failed: (text: string) => string
  readonly warning: (text: string) => string
  readonly name: (text: string) => string
  readonly faint: (text: string) => string
  readonly strong: (text: string) => string
  readonly signs: Signs
}

export interface Signs {
  readonly done: string
  readonly failed: string
  readonly warning: string
  readonly info: string
  readonly full: string
  readonly empty: string
}

type Env = Readonly<Record<string, string | undefined>>

const PICTURES: Signs = { done: '✔', failed: '✖', warning: '!', info: '·', full: '█', empty: '░' }
const LETTERS: Signs = { done: '+', failed: 'x', warning: '!', info: '-', full: '#', empty: '.' }

export function createTheme(stream: { readonly isTTY?: boolean | undefined }, env: Env): Theme {
  const paint = hasColour(stream, env)
    ? (code: number) => (text: string) => (text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`)
    : () => (text: string) => text
  return {
    done: paint(32),
    failed: paint(31),
    warning: paint(33),
    name: paint(36),
    faint: paint(2),
    strong: paint(1),
    signs: isUnicode(env) ? PICTURES : LETTERS,
  }
}

/** NO_COLOR (not empty) wins, then FORCE_COLOR, then CLICOLOR_FORCE; otherwise a terminal that is not dumb has colours. */
function hasColour(stream: { readonly isTTY?: boolean | undefined }, env: Env): boolean {
  if (isSet(env['NO_COLOR'])) return false
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false'
  if (isSet(env['CLICOLOR_FORCE'])) return env['CLICOLOR_FORCE'] !== '0'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

function isUnicode(env: Env): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet)
  return locale !== undefined && /utf-?8/i.test(locale) && env['TERM'] !== 'linux'
}

const isSet = (value: string | undefined) => value !== undefined && value !== ''
