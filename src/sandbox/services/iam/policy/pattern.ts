/**
 * Whether a text fits a pattern of `*` (any run of characters) and `?` (one). Walks both once, coming back to the last star
 * only: a regular expression of many stars would take exponential time.
 */
export function fits(text: string, pattern: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (pattern[next] === '*') {
      star = next
      next += 1
      resume = at
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
      at += 1
      next += 1
    } else if (star >= 0) {
      resume += 1
      at = resume
      next = star + 1
    } else return false
  }
  return /^\**$/.test(pattern.slice(next))
}
