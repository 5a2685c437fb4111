/**
 * A time of the laptop's own clock, as people say it: `14:02:10` where it is some minutes away, `14:32` where it is less than half a
 * day, else with its day. Milliseconds since the epoch, and how many seconds away that is.
 */
export function clockTime(at: number, awayS: number | null): string {
  const date = new Date(at)
  const minute = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (awayS !== null && awayS < 600) return `${minute}:${two(date.getSeconds())}`
  if (awayS !== null && awayS < 43_200) return minute
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${minute}`
}

/** The same to the second however far away it is: in a history what lies between two times counts. */
export function exactTime(at: number, awayS: number): string {
  const second = two(new Date(at).getSeconds())
  return awayS < 600 ? clockTime(at, awayS) : `${clockTime(at, awayS)}:${second}`
}

const two = (number: number) => String(number).padStart(2, '0')
