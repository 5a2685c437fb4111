/**
 * Lengths of time as people write them: `90s`, `10m`, `2h`, `1d`, or put together as `1h30m`, the largest unit first.
 * A bare number is refused: nobody can see its unit.
 */
const SHAPE = /^(?=\d)(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** The longest time limit, in seconds: a year. */
export const LONGEST_S = 365 * 86_400

/** Seconds, or null where the text is no duration. */
export function parseDuration(text: string): number | null {
  const match = SHAPE.exec(text)
  if (!match) return null
  return UNITS.reduce((sum, [, length], at) => sum + Number(match[at + 1] ?? 0) * length, 0)
}

/** The shortest text that `parseDuration` reads as these whole seconds. */
export function printDuration(seconds: number): string {
  let rest = seconds
  let text = ''
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) text += `${count}${unit}`
  }
  return text === '' ? '0s' : text
}
