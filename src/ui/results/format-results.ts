import type { Theme } from '../theme.ts'
import { count } from '../../kit/count.ts'
import { headline } from './result-line.ts'

export interface SavedResults {
  readonly job: string
  readonly folder: string
  readonly files: number
}

/** What `muster results` says in the end: where everything lies now. */
export function formatResults({ job, folder, files }: SavedResults, theme: Theme): string[] {
  return [headline(true, `${job}: ${count(files, 'file')} in ${folder}`, theme)]
}
