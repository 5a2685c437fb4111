import { compareText } from './compare-text.ts'
import { distance } from 'fastest-levenshtein'

/** The known words nearest to a mistyped one, best first; empty where nothing is near enough to be meant. */
export function nearest(word: string, known: Iterable<string>, most = 3): string[] {
  const limit = Math.max(2, Math.ceil(word.length / 3))
  return [...known]
    .map((candidate) => ({ candidate, off: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ off }) => off <= limit)
    .toSorted((a, b) => a.off - b.off || compareText(a.candidate, b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate)
}
