// Checks who may import whom (CONTRIBUTING shows the picture). Rooms are the folders of src/; a room that is missing in
// the table below may import nothing. `node bin/check-imports.ts [FOLDER]` prints each forbidden import as
// file:line and ends with 1 where there is one. Cycles are oxlint's business (import/no-cycle).
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

interface Room {
  /** Other rooms, or folders of them (`app/results/`). */
  readonly rooms: readonly string[]
  /** npm packages, by name or by scope (`@aws-sdk/`). Node's own modules are free to all but `core`. */
  readonly packages: readonly string[]
}

const RULES: Readonly<Record<string, Room>> = {
  kit: { rooms: [], packages: ['croner', 'fastest-levenshtein', 'p-limit'] },
  core: { rooms: ['kit'], packages: [] },
  ports: { rooms: ['kit', 'core'], packages: [] },
  launch: { rooms: ['kit', 'core'], packages: ['tar-stream'] },
  config: { rooms: ['kit', 'core'], packages: ['zod', 'yaml'] },
  app: { rooms: ['kit', 'core', 'ports', 'launch'], packages: ['p-limit', 'tar-stream', 'ignore'] },
  ui: { rooms: ['kit', 'core', 'ports', 'app/results/'], packages: [] },
  aws: { rooms: ['kit', 'core', 'ports'], packages: ['@aws-sdk/', '@smithy/', 'p-limit', 'ws'] },
  store: { rooms: ['kit', 'core', 'ports'], packages: [] },
  // An endpoint that shares no code with its clients: each is a witness of the other.
  sandbox: { rooms: ['kit'], packages: ['execa', 'p-limit', 'ws'] },
  cli: { rooms: ['kit', 'core', 'ports', 'app', 'config', 'ui', 'launch'], packages: ['@oclif/', 'execa'] },
  commands: { rooms: ['kit', 'core', 'ports', 'app', 'config', 'ui', 'cli'], packages: ['@oclif/'] },
}

/** The one file that wires adapters, and only by `await import(...)` or as a type: nothing of theirs loads before it is used. */
const COMPOSER = 'cli/compose.ts'
const LAZY_ROOMS = ['aws', 'sandbox', 'store']

interface Import {
  readonly specifier: string
  readonly line: number
  readonly kind: 'static' | 'type' | 'lazy'
}

const IMPORT =
  /^\s*(?<keyword>import|export)\s+(?<type>type\s)?(?:[\w*{}\s,$]+?\s+from\s+)?['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]\s*\)/gm

function importsOf(text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const groups = match.groups ?? {}
    const start = match.index + match[0].length - match[0].trimStart().length
    const line = text.slice(0, start).split('\n').length
    const kind = groups['lazy'] === undefined ? (groups['type'] === undefined ? 'static' : 'type') : 'lazy'
    return { specifier: groups['lazy'] ?? groups['from'] ?? '', line, kind }
  })
}

/** Why the file must not have the import; null where it may. */
function refusal(file: string, found: Import, src: string): string | null {
  const room = file.split(sep)[0] ?? ''
  const rule = RULES[room]
  if (!rule) return `${room}/ is no room of the table in bin/check-imports.ts`
  if (!found.specifier.startsWith('.')) return packageRefusal(room, rule, found.specifier)
  const target = relative(src, resolve(dirname(join(src, file)), found.specifier))
  const targetRoom = target.split(sep)[0] ?? ''
  if (targetRoom === room || rule.rooms.some((allowed) => `${target}/`.startsWith(`${allowed.replace(/\/$/, '')}/`)))
    return null
  if (file.split(sep).join('/') === COMPOSER && LAZY_ROOMS.includes(targetRoom)) {
    return found.kind === 'static' ? `${targetRoom}/ must be loaded lazily: await import('${found.specifier}')` : null
  }
  return `${room}/ must not import ${targetRoom}/ (it may: ${rule.rooms.join(', ') || 'nothing'})`
}

function packageRefusal(room: string, rule: Room, specifier: string): string | null {
  if (specifier.startsWith('node:')) {
    return room === 'core' ? 'core/ is pure: no module of Node' : null
  }
  const allowed = rule.packages.some((name) =>
    name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
  return allowed
    ? null
    : `${room}/ must not import the package ${specifier} (it may: ${rule.packages.join(', ') || 'none'})`
}

const src = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'src'))
const files = globSync('**/*.ts', { cwd: src }).toSorted()
const problems = files.flatMap((file) =>
  importsOf(readFileSync(join(src, file), 'utf8')).flatMap((found) => {
    const why = refusal(file, found, src)
    return why === null ? [] : [`src/${file}:${found.line}: ${why}`]
  }),
)
for (const problem of problems) process.stdout.write(`${problem}\n`)
if (files.length === 0) process.stdout.write(`no TypeScript files below ${src}\n`)
process.exitCode = problems.length > 0 || files.length === 0 ? 1 : 0
