import type { Cron } from 'croner'

/** When a cron expression fires, in one time zone. Times in milliseconds since the epoch. */
export interface Firings {
  /** The last time at or before; null where there is none. */
  last(at: number): number | null
  /** The first time after; null where it never fires again. */
  next(at: number): number | null
}

/**
 * A cron expression of five fields: minute, hour, day of the month, month, day of the week. Its hours are those of the zone's clocks: a
 * time that they leave out when they go forward is that at which they do, and one that comes twice when they go back is the first.
 * Its parser (croner) is loaded with the first expression.
 *
 * @throws TypeError saying what is wrong with the expression, without naming it.
 */
export async function parseCron(expression: string, timeZone: string): Promise<Firings> {
  const fields = expression.trim().split(/\s+/)
  // The parser would also take dates and nicknames such as @daily.
  if (fields.length !== FIELDS) throw new TypeError(`it has ${fields.length} of five fields`)
  const { Cron: Parser } = await import('croner')
  const cron = parsed(() => new Parser(fields.join(' '), { timezone: timeZone, mode: '5-part', ...LIKE_CRON }))
  return {
    // croner looks at whole seconds, and before the time that it is given.
    last: (at) => cron.previousRuns(1, new Date(Math.floor(at / 1000) * 1000 + 1000))[0]?.getTime() ?? null,
    next: (at) => cron.nextRun(new Date(at))?.getTime() ?? null,
  }
}

const FIELDS = 5

/** A list of hours is met by the change of clocks as a single hour is. */
const LIKE_CRON = { fixedTimeRule: 'no-wildcard' } as const

function parsed(parse: () => Cron): Cron {
  try {
    return parse()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new TypeError(
      message.replace(/^\w+: /, '').replace(/^[A-Z]/, (first) => first.toLowerCase()),
      { cause: error },
    )
  }
}
