import type { Host, JobRecord } from '../../core/job/record.ts'
import type { LostHost } from '../../core/job/judge.ts'
import { jobStatusScript, parseJobStatus } from '../../launch/remote/job-scripts.ts'
import { nodeContext } from '../fleet/node-context.ts'
import type { Services } from '../services.ts'

/** A runner's heartbeat comes every five seconds; one that has been away so long is asked for, in milliseconds. */
const SILENT_MS = 25_000
/** A node is asked at most so often: its bucket may be slow while all is well. */
const AGAIN_MS = 30_000

/**
 * Watches the runners of one job on nodes that live: a runner that was killed by itself says nothing any more, and its node is asked
 * whether it is so. Only the node's own word makes it lost.
 */
export function watchRunners(record: JobRecord, services: Services) {
  const { clock, remote, objects } = services
  const beats = new Map<string, { readonly updatedAt: number; readonly since: number }>()
  const asked = new Map<string, number>()
  const dead = new Map<string, LostHost>()

  const ask = async ({ id, name }: Host): Promise<void> => {
    const text = jobStatusScript(await nodeContext(objects), { job: record.id })
    const [answer] = await remote.run([id], {
      comment: `muster: status ${record.id}`.slice(0, 100),
      text,
      timeoutS: 30,
    })
    if (answer?.outcome !== 'success' || parseJobStatus(answer.stdout).runner !== 'dead') return
    dead.set(name, { host: name, reason: 'lives, but what runs the job there was killed', isAlive: true })
  }

  return {
    /** To be called with every look; returns at once with what is known. */
    lost(open: readonly Host[], updatedAt: (host: string) => number | null): readonly LostHost[] {
      const now = clock.now()
      for (const host of open) {
        const beat = updatedAt(host.name)
        // The node's clock need not be ours: what counts is how long we have seen the same word.
        if (beat === null || beats.get(host.name)?.updatedAt !== beat) {
          if (beat !== null) beats.set(host.name, { updatedAt: beat, since: now })
          continue
        }
        if (now - (beats.get(host.name)?.since ?? now) < SILENT_MS || now - (asked.get(host.name) ?? 0) < AGAIN_MS)
          continue
        asked.set(host.name, now)
        // Not waited for: a node that does not answer keeps its answer back for long.
        ask(host).catch(() => undefined)
      }
      return [...dead.values()].filter(({ host }) => open.some(({ name }) => name === host))
    },
  }
}
