import { count } from '../../kit/count.ts'
import type { Theme } from '../theme.ts'
import { facts, headline, phaseLines } from './result-line.ts'

/** What the summary needs of a run's result. */
export interface RunSummary {
  readonly job: string
  readonly outcome: 'done' | 'failed' | 'cancelled' | 'time-limit' | 'lost' | 'detached'
  readonly exitCode: number
  readonly message: string
  readonly fleet: string
  readonly kept: boolean
  readonly phases: readonly { readonly name: string; readonly ms: number }[]
  readonly results: { readonly folder: string; readonly files: number } | null
}

const OUTCOMES: Record<RunSummary['outcome'], string> = {
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  'time-limit': 'ended by its time limit',
  lost: 'lost',
  detached: 'runs on without us',
}

/** The last lines of `muster run`: each phase with its time, the exit code, where the results and the log are. */
export function formatRun(run: RunSummary, theme: Theme): string[] {
  const isGood = run.outcome === 'done' || run.outcome === 'detached'
  const code = run.outcome === 'detached' ? '' : ` (exit code ${run.exitCode})`
  const fleet = run.kept ? `${run.fleet} is kept; remove it with: muster down ${run.fleet}` : `${run.fleet} is gone`
  const saved = run.results
  return [
    headline(isGood, `${run.job} ${OUTCOMES[run.outcome]}${code}`, theme),
    ...phaseLines(run.phases, theme),
    ...facts(
      [
        ...(run.message === '' ? [] : [[isGood ? 'note' : 'why', run.message] as const]),
        ...(saved === null ? [] : [['results', `${saved.folder} (${count(saved.files, 'file')})`] as const]),
        ['log', `muster logs ${run.job}${run.outcome === 'detached' ? ' -f' : ''}`],
        ['fleet', fleet],
      ],
      theme,
    ),
  ]
}
