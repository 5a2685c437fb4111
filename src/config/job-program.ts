import type { Program } from '../core/job/spec.ts'
import type { Path, YamlText } from './parse-yaml.ts'
import { problemAt, problemOf, type Problem } from './problem.ts'
import { splitWords } from './split-words.ts'

type Words = string | readonly (string | number | boolean)[]

/** A command of a checked job file as its words: numbers as they are written, so that `0.10` stays `0.10`. */
export function commandProgram(command: Words, yaml: YamlText, path: Path): Program {
  if (typeof command === 'string') {
    const split = splitWords(command)
    return { kind: 'argv', words: split.ok ? split.words : [] }
  }
  const words = command.map((word, at) => asWritten(word, yaml, [...path, at]))
  return { kind: 'argv', words }
}

/** `prepare`: a command, or a mapping with a script. */
export function prepareProgram(prepare: Words | { readonly script: string }, yaml: YamlText): Program {
  if (typeof prepare === 'object' && 'script' in prepare) return { kind: 'script', text: prepare.script }
  return commandProgram(prepare, yaml, ['prepare'])
}

/** The environment of a checked job file, numbers and booleans as they are written. */
export function environment(
  env: Readonly<Record<string, string | number | boolean>>,
  yaml: YamlText,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, asWritten(value, yaml, ['env', name])]))
}

function asWritten(value: string | number | boolean, yaml: YamlText, path: Path): string {
  return typeof value === 'string' ? value : (yaml.source(path) ?? String(value))
}

/** Command or script: exactly one, or neither where the command line has the words. */
export function programProblems(yaml: YamlText, isFile: boolean, hasWords: boolean): Problem[] {
  const { value, file } = yaml
  if (!isFile || yaml.problems.length > 0) return []
  if (value === null) return [problemOf(file, 'it is empty; a job needs at least a command or a script')]
  if (typeof value !== 'object' || Array.isArray(value)) return []
  const has = (key: string) => Object.hasOwn(value, key)
  if (has('command') && has('script')) {
    return [problemAt(file, yaml.keyAt(['script']), 'command and script exclude each other; leave one out')]
  }
  if (hasWords || has('command') || has('script')) return []
  const what = 'command is missing; write command (words) or script (text that /bin/sh runs)'
  return [problemAt(file, yaml.at([]), what)]
}

export function wordProblems(words: readonly string[] | null): Problem[] {
  if (words?.[0] === '') return [problemOf('--', 'the first word is empty; it must be a program')]
  return words?.some((word) => word.includes('\0')) === true ? [problemOf('--', 'a word has a NUL byte')] : []
}
