import { pastActions } from '../../src/core/plan/past-action.ts'
import type { Journal } from '../../src/ports/journal.ts'

export type JournalLine =
  | ({ readonly line: 'intend' } & Parameters<Journal['intend']>[0])
  | ({ readonly line: 'settled' } & Parameters<Journal['settled']>[0])

/** Keeps every line in order. */
export interface FakeJournal extends Journal {
  readonly lines: readonly JournalLine[]
  /** Actions that were intended and never settled: what a crash leaves. */
  open(): readonly string[]
}

export function fakeJournal(): FakeJournal {
  const lines: JournalLine[] = []
  return {
    lines,
    intend: (entry) => void lines.push({ line: 'intend', ...entry }),
    settled: (entry) => void lines.push({ line: 'settled', ...entry }),
    lastAt: (fleet) => lines.findLast((line) => fleet === null || line.fleet === fleet)?.at ?? null,
    past: (fleet) =>
      pastActions(
        lines.filter((one) => one.fleet === fleet).map(({ line: entry, ...rest }) => ({ entry, ...rest }) as never),
      ),
    open() {
      const settled = new Set(lines.filter((one) => one.line === 'settled').map((one) => one.action))
      return lines.filter((one) => one.line === 'intend' && !settled.has(one.action)).map((one) => one.action)
    },
  }
}
