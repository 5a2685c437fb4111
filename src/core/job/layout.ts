/**
 * Where everything of a job lies in the staging bucket. The node scripts in `templates/node` use the same keys: they are
 * told the prefix and add nothing that is not written down here.
 */
export const layout = {
  archive: (sha256: string) => `archives/${sha256}.tar.gz`,
  nodeScripts: (sha256: string) => `scripts/${sha256}.tar.gz`,
  knownHosts: (fleet: string, cohort: string) => `fleets/${fleet}/${cohort}/known_hosts`,
  authorizedKeys: (fleet: string, cohort: string) => `fleets/${fleet}/${cohort}/authorized_keys`,
  /** When the fleet's nodes end themselves, as far as the last muster that renewed their lease knows. */
  lease: (fleet: string) => `fleets/${fleet}/lease.json`,
  /** All files that a file system had when its nodes were flushed; see templates/node/count.sh. */
  fileCount: (fleet: string, storage: string, stamp: string) => `fleets/${fleet}/${storage}/files-${stamp}.gz`,
  jobs: () => 'jobs/',
  job: (job: string) => `jobs/${job}/`,
  record: (job: string) => `jobs/${job}/job.json`,
  /** What the nodes need to start it: program.sh, prepare.sh, hostfile, settings. */
  launch: (job: string) => `jobs/${job}/launch.tar.gz`,
  state: (job: string, host: string) => `jobs/${job}/state/${host}.json`,
  /** `source` is a host name (`node-0`) or a rank (`rank-3`). */
  log: (job: string, source: string, stream: LogStream) => `jobs/${job}/log/${source}/${stream}/`,
  logs: (job: string) => `jobs/${job}/log/`,
  outputs: (job: string, host: string) => `jobs/${job}/outputs/${host}.tar.gz`,
}

export type LogStream = 'stdout' | 'stderr'

/** One segment of a stream: raw bytes from `offset`, gzip-compressed in the bucket. */
export interface Segment {
  readonly key: string
  /** Bytes of the uncompressed stream before this segment. */
  readonly offset: number
  /** Uncompressed length in bytes. */
  readonly length: number
  /** When the node sent it, milliseconds since the epoch. */
  readonly sentAt: number
}

/** `00000000000000001024-512-1764000000123.gz`: padded, so that listing order is stream order. */
export function segmentName(segment: Omit<Segment, 'key'>): string {
  return `${String(segment.offset).padStart(20, '0')}-${segment.length}-${Math.floor(segment.sentAt)}.gz`
}

/** The segment that a key names; null for a key that is none. */
export function parseSegment(key: string): Segment | null {
  const match = /(?:^|\/)(\d{20})-(\d+)-(\d+)\.gz$/.exec(key)
  if (!match) return null
  return { key, offset: Number(match[1]), length: Number(match[2]), sentAt: Number(match[3]) }
}
