/** Who says that a node is bad: a check that it failed, the tasks that failed on it, or somebody by hand. */
export const QUARANTINED_BY = ['check', 'failures', 'hand'] as const
export type QuarantinedBy = (typeof QUARANTINED_BY)[number]

/** What is said of a node: it is bad, or it was and is well again. What happened on it before that says nothing any more. */
export interface NodeMark {
  readonly by: QuarantinedBy | 'released'
  /** Milliseconds since the epoch, in whole seconds. */
  readonly since: number
  /** What was wrong, in words; may be empty. */
  readonly why: string
}

/** The time of a mark that is made now: tags count whole seconds. */
export function markedAt(now: number): number {
  return Math.floor(now / 1000) * 1000
}

/** A value has at most 256 characters (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html, "Tag restrictions"). */
const LONGEST_VALUE = 256

/**
 * As it is kept on the node itself: `2026-11-23T22:30:05Z check 0 of 1 EFA interfaces answer`. Only characters that tags of every
 * service may hold are left of the words (Using_Tags.html).
 */
export function markToTag({ by, since, why }: NodeMark): string {
  const time = new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')
  const words = why.replaceAll(/[^\p{L}\p{N}_.:/=+@ -]+/gu, ' ').replaceAll(/ +/g, ' ')
  return Array.from(`${time} ${by} ${words}`).slice(0, LONGEST_VALUE).join('').trim()
}

/** Null where nothing is said of it, or a newer muster said it in its own way: whoever does not understand it leaves the node alone. */
export function markFromTag(value: string | null): NodeMark | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([a-z]+) ?(.*)$/su.exec(value ?? '')
  const since = Date.parse(match?.[1] ?? '')
  const by = [...QUARANTINED_BY, 'released' as const].find((one) => one === match?.[2])
  return by === undefined || Number.isNaN(since) ? null : { by, since, why: match?.[3] ?? '' }
}

/** True where no task is to be placed on it any more, and it serves no cohort. */
export function isQuarantined({ mark }: { readonly mark: NodeMark | null }): boolean {
  return mark !== null && mark.by !== 'released'
}
