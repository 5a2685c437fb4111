import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { MusterError } from '../core/errors/muster-error.ts'
import { nearest } from '../kit/nearest.ts'
import { shellQuote } from '../kit/shell-quote.ts'
import { problemOf, refuse } from './problem.ts'
import { readText } from './read-text.ts'
import { shownPath } from './shown-path.ts'
import { showValue } from './show-value.ts'

/** The text of a job file; throws JobFileMissing with the nearest files of that folder, or JobFileInvalid. */
export async function readJobFile(file: string, cwd: string): Promise<{ path: string; shown: string; text: string }> {
  const path = resolve(cwd, file)
  const shown = shownPath(path, cwd)
  const read = await readText(path)
  if (read.kind === 'missing') throw await missing(file, path, cwd)
  if (read.kind === 'unfit') refuse('JobFileInvalid', [problemOf(shown, read.why)])
  return { path, shown, text: read.kind === 'text' ? read.text : '' }
}

async function missing(file: string, path: string, cwd: string): Promise<MusterError> {
  const wanted = basename(path)
  // Twice: `heat` means heat.yaml, and in jobs/ more often than not.
  const folders = [...new Set([dirname(path), join(cwd, 'jobs')])]
  const found = (await Promise.all(folders.map(async (folder) => nearestIn(folder, wanted)))).flat()
  const near = found.slice(0, 3).map((other) => shownPath(other, cwd))
  const looksLikeWord = extname(wanted) === '' && !file.includes('/')
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : ''
  const adHoc = looksLikeWord && !file.includes('\0') ? [`muster run -- ${shellQuote(file)}`] : []
  return new MusterError('JobFileMissing', `there is no job file ${showValue(file)}${hint}`, {
    suggestions: [...near.map((other) => `muster run ${shellQuote(other)}`), ...adHoc, 'ls jobs/'],
    data: { file: path },
  })
}

async function nearestIn(folder: string, wanted: string): Promise<string[]> {
  const files = (await readdir(folder).catch(() => [])).filter((entry) => /\.ya?ml$/.test(entry))
  const byStem = new Map(files.map((entry) => [stem(entry), entry]))
  return nearest(stem(wanted), byStem.keys()).map((match) => join(folder, byStem.get(match)!))
}

const stem = (file: string) => basename(file).replace(/\.ya?ml$/, '')
