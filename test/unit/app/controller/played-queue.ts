import { BUILT_IN_FLEET } from '../../../../src/config/settings.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import type { BatchRecord } from '../../../../src/core/job/record.ts'
import type { QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'
import type { RemoteHandler } from '../../../fakes/remote-exec.ts'
import type { FakeServices } from '../../../fakes/services.ts'

/** How one run ends: its exit code after so long on the fake clock, or never. */
export interface RunEnd {
  readonly exitCode: number
  readonly afterMs: number
}

export interface PlayedQueue {
  /** Runs in the order in which nodes were told to start them; one that was told twice is there once a node. */
  readonly started: { readonly run: string; readonly node: string; readonly at: number }[]
  /** When nodes were told of batches, and told again. */
  readonly handed: number[]
}

/** Nodes that install and start what they are told, and let each run end as `endOf` says. */
export function playQueue(
  services: FakeServices,
  endOf: (run: string, node: string) => RunEnd | null,
  others: RemoteHandler = () => {},
): PlayedQueue {
  const started: PlayedQueue['started'] = []
  const handed: number[] = []
  const { clock, objects } = services
  services.remote.answer(async (node, script) => {
    if (script.comment === 'muster: install') {
      return { stdout: `host-key ssh-ed25519 AAAAC3${node.replace('-', '')}\nuser-key ssh-ed25519 AAAAUSER\n` }
    }
    if (!/^muster: start \d+ runs$/.test(script.comment)) return others(node, script)
    const line =
      script.text.split('\n').find((one) => one.includes(`'${node}'`) || one.trim().startsWith(`${node})`)) ?? ''
    const words = (line.split('set -- ')[1] ?? '').replace(/ ;;$/, '').replaceAll("'", '').split(' ')
    const alone = Number(/runs=(\d+);/.exec(line)?.[1] ?? 0)
    for (const run of words.slice(0, alone)) {
      await start(run, node, (state) => objects.putBytes(layout.state(run, 'node-0'), bytes(state)))
    }
    const batches = words.slice(alone)
    for (let at = 0; at < batches.length; at += 2) await take(batches[at]!, node)
    return {}
  })

  /** Runs of a batch begin all at once here: how many cores a node has is the node's own affair. */
  const take = async (batch: string, node: string): Promise<void> => {
    handed.push(clock.now())
    const record = JSON.parse(String(Buffer.from((await objects.getBytes(layout.record(batch)))!))) as BatchRecord
    const tasks: Record<string, object> = {}
    for (const run of record.runs) {
      await start(run, node, async (state) => {
        tasks[run] = state
        await objects.putBytes(layout.state(batch, 'node-0'), bytes({ phase: 'running', tasks }))
      })
    }
  }

  const start = async (run: string, node: string, say: (state: object) => Promise<void>): Promise<void> => {
    if (started.some((one) => one.run === run && one.node === node)) return
    const startedAt = clock.now()
    started.push({ run, node, at: startedAt })
    const end = endOf(run, node)
    await say({ phase: 'running', startedAt, updatedAt: startedAt })
    if (end === null) return
    const said = { phase: 'done', exitCode: end.exitCode, reason: 'exited', startedAt }
    void clock
      .sleep(end.afterMs)
      .then(() => say({ ...said, updatedAt: clock.now(), logBytes: { stdout: 0, stderr: 0 } }))
  }
  return { started, handed }
}

/** A job of the queue on a fleet without storage, one node, a minute at most. */
export function smallJob(name: string, more: Partial<QueuedJob> = {}): QueuedJob {
  const base = queuedJob()
  return {
    ...base,
    id: `${name}-20261123-143205-k7f2`,
    description: { ...BUILT_IN_FLEET, nodes: 4, maxNodes: 8, storage: null, ...more.description },
    ...more,
    spec: { ...base.spec, name, timeLimitS: 60, ...more.spec },
  }
}

function bytes(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value))
}
