/** A name that is safe in keys, paths and host tools: lower case letters, digits and single hyphens, at most 32. */
export function jobSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '')
  return slug === '' ? 'job' : slug
}

/** How many ids one name may have in one second. */
const TAILS = 36 ** 4

/** `heat-20261123-143205-k7f2`: sorts by time within a name; `random` is between 0 and 1. */
export function jobId(name: string, now: number, random: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  const tail = Math.floor(random * TAILS)
    .toString(36)
    .padStart(4, '0')
  return `${jobSlug(name)}-${stamp}-${tail}`
}

/** Ids of jobs that are submitted together: all different, also where their names are not. At most `36 ** 4` of them. */
export function jobIds(names: readonly string[], now: number, random: number): string[] {
  const first = Math.floor(random * TAILS)
  return names.map((name, nth) => jobId(name, now, (((first + nth) % TAILS) + 0.5) / TAILS))
}

/**
 * True for text that `jobId` could have made, or that names a run of one of its tasks (`.17`, `.17.a2`) or a batch of them (`.b17-2`): what
 * may be used in a path or a key.
 */
export function isJobId(text: string): boolean {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*-\d{8}-\d{6}-[a-z0-9]{4}(?:\.b\d{1,7}-\d{1,7}|(?:\.\d{1,7})?(?:\.a\d{1,4})?)$/.test(
    text,
  )
}

/** The job that a run, a task or a batch is of, by its id. */
export function jobOf(id: string): string {
  return id.split('.', 1)[0] ?? id
}

/** The name that an id begins with, as `jobSlug` made it. */
export function nameIn(id: string): string {
  return id.replace(/-\d{8}-\d{6}-[a-z0-9]{4}(?:\..*)?$/, '')
}

/** True for the name of a batch: nothing that users name. */
export function isBatch(id: string): boolean {
  return /\.b\d+-\d+$/.test(id)
}

/** When a job was submitted, by its id, in milliseconds since the epoch and whole seconds; ids that `isJobId` refuses give NaN. */
export function submittedAt(id: string): number {
  const stamp = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[a-z0-9]{4}(?:\.|$)/.exec(id)
  const [, year, month, day, hours, minutes, seconds] = stamp ?? []
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
}
