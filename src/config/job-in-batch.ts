import type { Path, YamlText } from './parse-yaml.ts'

/**
 * One job of a batch as if it were in a file of its own: what it says, and below that what the batch says for all. Places are those of
 * the batch's file.
 */
export function jobInBatch(yaml: YamlText, name: string): YamlText {
  const { jobs, ...common } = yaml.value as { readonly jobs: Readonly<Record<string, unknown>> }
  const own = jobs[name]
  const place = (path: Path): Path => {
    const inJob = ['jobs', name, ...path]
    return path.length > 0 && !has(own, path) && has(common, path) ? path : inJob
  }
  return {
    file: yaml.file,
    value: isMapping(own) ? merged(common, own) : own,
    problems: yaml.problems,
    at: (path) => yaml.at(place(path)),
    keyAt: (path) => yaml.keyAt(place(path)),
    source: (path) => yaml.source(place(path)),
  }
}

type Mapping = Readonly<Record<string, unknown>>

function merged(common: Mapping, own: Mapping): Mapping {
  const env = isMapping(common['env']) && isMapping(own['env']) ? { env: { ...common['env'], ...own['env'] } } : {}
  return { ...common, ...own, ...env }
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function has(value: unknown, path: Path): boolean {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return false
    here = (here as Record<PropertyKey, unknown>)[part]
  }
  return true
}
