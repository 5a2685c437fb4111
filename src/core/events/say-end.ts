import { clockTime } from './clock-time.ts'

/** When a fleet ends itself; times in milliseconds since the epoch, lefts in seconds, null is never. */
export interface OwnEnd {
  /** If nobody uses it. */
  readonly endsAt: number | null
  readonly leftS: number | null
  /** Whatever runs on it. */
  readonly mostAt: number | null
  readonly mostS: number | null
}

/** Nodes count whole seconds of their own. */
const CLOSE_MS = 2000

/** True where nothing makes the end later but another maximum life or spending limit. */
export function isFixedEnd({ endsAt, mostAt }: Pick<OwnEnd, 'endsAt' | 'mostAt'>): boolean {
  return mostAt !== null && endsAt !== null && mostAt < endsAt + CLOSE_MS
}

/** `ends itself at 14:05 unless it is used, at 18:00 in any case` */
export function sayEnd(end: OwnEnd): string {
  const { endsAt, leftS, mostAt, mostS } = end
  if (endsAt === null) return 'never ends by itself'
  if (isFixedEnd(end)) return `ends itself at ${clockTime(mostAt!, mostS)}, whatever runs on it`
  const most = mostAt === null ? '' : `, at ${clockTime(mostAt, mostS)} in any case`
  return `ends itself at ${clockTime(endsAt, leftS)} unless it is used${most}`
}
