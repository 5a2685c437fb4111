import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml'
import { problemAt, type Position, type Problem } from './problem.ts'

export type Path = readonly PropertyKey[]

/** A YAML text as data, with the place of every value, so that errors can name it. */
export interface YamlText {
  /** The file as messages name it. */
  readonly file: string
  /** Null where the text is empty or broken. */
  readonly value: unknown
  /** What is wrong with the YAML itself. */
  readonly problems: readonly Problem[]
  /** Where the value at `path` is written; of what is missing, where its nearest parent is. */
  at(path: Path): Position
  /** Where the key at the end of `path` is written. */
  keyAt(path: Path): Position
  /** A scalar as it was written, so that `0.10` stays `0.10`; null where there is no scalar. */
  source(path: Path): string | null
}

/** Aliases may not blow a small file up into a large value. */
const MAX_ALIASES = 100

export function parseYaml(text: string, file: string): YamlText {
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems = syntaxProblems(doc).map(({ offset, message }) => problemAt(file, position(offset), message))
  let value: unknown = null
  if (problems.length === 0) {
    try {
      value = doc.toJS({ maxAliasCount: MAX_ALIASES })
    } catch (error) {
      const lost = lostAlias(doc, error)
      const why = error instanceof ReferenceError ? 'its aliases multiply too often' : 'it is nested too deeply'
      problems.push(problemAt(file, position(lost?.offset ?? 0), lost?.message ?? why))
    }
  }
  const startOf = (node: Node | null | undefined) => position(node?.range?.[0] ?? 0)
  return {
    file,
    value,
    problems,
    at: (path) => startOf(findNode(doc, path).value),
    keyAt: (path) => startOf(findNode(doc, path).key),
    source: (path) => {
      const found = findNode(doc, path)
      return found.complete && isScalar(found.value) ? (found.value.source ?? null) : null
    },
  }
}

function syntaxProblems(doc: Document.Parsed): { offset: number; message: string }[] {
  const found = [...doc.errors, ...doc.warnings].map((error) => ({
    offset: error.pos[0],
    message: WORDS[error.code] ?? lowerFirst(error.message),
  }))
  // Each level of a tower that is too deep complains again.
  const tower = found.find((problem) => problem.message === WORDS['RESOURCE_EXHAUSTION'])
  return tower ? [tower] : found
}

/** The alias without an anchor that a failed conversion is about, if it is about one. */
function lostAlias(doc: Document.Parsed, error: unknown): { offset: number; message: string } | null {
  const name = error instanceof ReferenceError ? /^Unresolved alias.*: (.*)$/.exec(error.message)?.[1] : undefined
  if (name === undefined) return null
  let offset = 0
  visit(doc, {
    Alias(_key, node) {
      if (node.source !== name) return undefined
      offset = node.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return { offset, message: `alias *${name} has no anchor before it` }
}

const WORDS: Record<string, string> = {
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  DUPLICATE_KEY: 'this key is there twice',
  MULTIPLE_DOCS: 'a second document starts here; only one is allowed in a file',
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1)

interface Found {
  readonly key: Node | null
  readonly value: Node | null
  /** False where the path ends below what is written. */
  readonly complete: boolean
}

function findNode(doc: Document.Parsed, path: Path): Found {
  let here: Found = { key: doc.contents, value: doc.contents, complete: true }
  for (const part of path) {
    const inside = isAlias(here.value) ? (here.value.resolve(doc) ?? null) : here.value
    const next: Found | null = isCollection(inside) ? childOf(inside, part) : null
    if (next === null) return { ...here, complete: false }
    here = next
  }
  return here
}

function childOf(node: Node, part: PropertyKey): Found | null {
  if (isMap(node)) {
    for (const pair of node.items) {
      const key = pair.key as Node
      const value = pair.value as Node | null
      if (isScalar(key) && String(key.value) === String(part)) return { key, value: value ?? key, complete: true }
    }
    return null
  }
  const item = isCollection(node) ? (node.items[Number(part)] as Node | undefined) : undefined
  return item === undefined ? null : { key: item, value: item, complete: true }
}
