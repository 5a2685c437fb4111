/**
 * A glob of `outputs:` as a POSIX extended regular expression over `find`'s `./a/b` paths: a shell on the node never sees
 * the glob itself. `*` and `?` stay within a folder, `**` crosses them, `{a,b}` are alternatives; what matches a folder takes all in it.
 */
export function outputRegex(glob: string): string {
  return `\\./${alternatives(glob.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, ''))}(/.*)?`
}

const literal = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`)

const TOKEN = /\*\*\/+|\*\*|\*|\?|\[[!^]?\]?[^\]/]*\]|\{[^{}]*,[^{}]*\}|\\[\s\S]|[\s\S]/g

function alternatives(glob: string): string {
  if (glob === '' || glob === '.') return '.*'
  return [...glob.matchAll(TOKEN)].map(([token]) => translate(token)).join('')
}

function translate(token: string): string {
  if (token.startsWith('**/')) return '(.*/)?'
  if (token === '**') return '.*'
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.length > 2 && token.startsWith('[')) return bracket(token)
  if (token.length > 2 && token.startsWith('{')) return `(${token.slice(1, -1).split(',').map(alternatives).join('|')})`
  return literal(token.length === 2 ? token.slice(1) : token)
}

/** A set of characters is written alike in both, but a negated one must not take the slash. */
function bracket(token: string): string {
  return token.replace(/^\[[!^](\]?)/, '[^$1/')
}
