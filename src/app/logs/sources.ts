import { nearest } from '../../kit/nearest.ts'
import { MusterError } from '../../core/errors/muster-error.ts'
import type { JobRecord } from '../../core/job/record.ts'
import { runnersOf } from '../job/records.ts'

/**
 * Whose streams have the output that is asked for: of one rank, of one node, or of all.
 *
 * @throws MusterError UsageInvalid for a rank or node that the job does not have.
 */
export function sourcesOf(
  { rank, node }: { readonly rank: number | null; readonly node: string | null },
  record: JobRecord,
): string[] {
  if (rank !== null) return [sourceOfRank(rank, record)]
  const names = runnersOf(record).map((host) => host.name)
  if (node === null) return names
  if (names.includes(node) && record.spec.launcher !== 'mpi') return [node]
  const ranks = ranksOn(node, record)
  if (ranks.length > 0) return ranks
  const known = record.hosts.map((host) => host.name)
  throw new MusterError('UsageInvalid', `job ${record.id} ran on ${known.join(', ')}, not on ${node}`, {
    suggestions: nearest(node, known).map((name) => `--node ${name}`),
  })
}

function sourceOfRank(rank: number, record: JobRecord): string {
  const { tasksPerNode, launcher } = record.spec
  const ranks = record.hosts.length * tasksPerNode
  if (rank >= ranks) {
    throw new MusterError('UsageInvalid', `job ${record.id} has ranks 0 to ${ranks - 1}, no rank ${rank}`, {
      suggestions: [`--rank ${ranks - 1}`],
    })
  }
  return launcher === 'mpi' ? `rank-${rank}` : (record.hosts[Math.floor(rank / tasksPerNode)]?.name ?? '')
}

/** The lead's own stream of an mpi job has the ranks of all nodes: one node's output exists rank by rank. */
function ranksOn(node: string, { hosts, spec }: JobRecord): string[] {
  const index = hosts.findIndex((host) => host.name === node)
  if (index < 0) return []
  return Array.from({ length: spec.tasksPerNode }, (_, task) => `rank-${index * spec.tasksPerNode + task}`)
}
