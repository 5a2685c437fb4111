import type { Level, Sentence } from './level.ts'

/** An event: how loud it is, and the sentence that is derived from its payload. */
export interface Entry<D> {
  readonly level: Level
  readonly describe: Sentence<D>
}

export function event<D>(level: Level, describe: Sentence<D>): Entry<D> {
  return { level, describe }
}

/** `1.2 s`, `42 s`: from milliseconds. */
export const seconds = (ms: number) => (ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`)

/** `1.2 kB`, `34 MB`: from bytes. */
export const fileSize = (bytes: number) =>
  bytes < 999_500 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`
