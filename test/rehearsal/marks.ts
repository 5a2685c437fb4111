/** What the attempts of one task have left on the shared storage (jobs/night/mark.sh). Times in seconds since the epoch. */
export interface Marks {
  /** By attempt. */
  readonly began: ReadonlyMap<number, number>
  readonly ended: ReadonlyMap<number, { readonly code: number; readonly at: number }>
  /** The attempt that succeeded. */
  readonly done: number | null
  /** How often an attempt ran that ran already. */
  readonly twice: number
  /** Attempts that were begun though it had succeeded, and did nothing. */
  readonly again: readonly number[]
}

interface Growing {
  began: Map<number, number>
  ended: Map<number, { code: number; at: number }>
  done: number | null
  twice: number
  again: number[]
}

/** The marks by task, from the files' names and texts. Throws for a name that is no mark. */
export function readMarks(files: ReadonlyMap<string, string>): ReadonlyMap<string, Marks> {
  const all = new Map<string, Growing>()
  for (const [name, text] of files) {
    const match = /^(?<task>.*?)(?:\.a(?<attempt>\d+)\.(?<what>began|ended|again)|\.(?<sum>done|twice)(?:\..*)?)$/.exec(
      name,
    )
    const { task, attempt, what, sum } = match?.groups ?? {}
    if (task === undefined) throw new Error(`${name} is no mark`)
    const marks = all.get(task) ?? { began: new Map(), ended: new Map(), done: null, twice: 0, again: [] as number[] }
    all.set(task, marks)
    const [first, second] = text.trim().split(' ').map(Number)
    if (what === 'began') marks.began.set(Number(attempt), first ?? Number.NaN)
    if (what === 'ended') marks.ended.set(Number(attempt), { code: first ?? Number.NaN, at: second ?? Number.NaN })
    if (what === 'again') marks.again.push(Number(attempt))
    if (sum === 'done') marks.done = first ?? null
    if (sum === 'twice') marks.twice += 1
  }
  return all
}
