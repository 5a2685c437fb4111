/** An action that some muster of this machine has carried out, from its journal. Times in milliseconds since the epoch. */
export interface PastAction {
  readonly kind: string
  readonly beganAt: number
  readonly endedAt: number
}

type Line =
  | { readonly entry: 'intend'; readonly action: string; readonly kind: string; readonly at: number }
  | { readonly entry: 'settled'; readonly action: string; readonly outcome: 'done' | 'failed'; readonly at: number }

/** Actions that succeeded, in the order of their beginning; what failed or never settled is left out. */
export function pastActions(lines: readonly Line[]): PastAction[] {
  const open = new Map<string, { readonly kind: string; readonly at: number }>()
  const done: PastAction[] = []
  for (const line of lines) {
    if (line.entry === 'intend') {
      open.set(line.action, line)
      continue
    }
    const begun = open.get(line.action)
    open.delete(line.action)
    if (begun && line.outcome === 'done') done.push({ kind: begun.kind, beganAt: begun.at, endedAt: line.at })
  }
  return done.toSorted((a, b) => a.beganAt - b.beganAt)
}
