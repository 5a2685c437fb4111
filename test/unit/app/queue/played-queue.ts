import { BUILT_IN_FLEET } from '../../../../src/config/settings.ts'
import { layout } from '../../../../src/core/job/layout.ts'
import type { QueuedJob } from '../../../../src/core/queue/queued-job.ts'
import { queuedJob } from '../../../contract/job-store/jobs.ts'
import type { FakeServices } from '../../../fakes/services.ts'

/** How one run ends: its exit code after so long on the fake clock, or never. */
export interface RunEnd {
  readonly exitCode: number
  readonly afterMs: number
}

export interface PlayedQueue {
  /** Runs in the order in which nodes were told to start them; one that was told twice is there once a node. */
  readonly started: { readonly run: string; readonly node: string; readonly at: number }[]
}

/** Nodes that install and start what they are told, and let each run end as `endOf` says. */
export function playQueue(services: FakeServices, endOf: (run: string) => RunEnd | null): PlayedQueue {
  const started: PlayedQueue['started'] = []
  const { clock, objects } = services
  services.remote.answer(async (node, script) => {
    if (script.comment === 'muster: install') {
      return { stdout: `host-key ssh-ed25519 AAAAC3${node.replace('-', '')}\nuser-key ssh-ed25519 AAAAUSER\n` }
    }
    if (!/^muster: start \d+ runs$/.test(script.comment)) return {}
    const line =
      script.text.split('\n').find((one) => one.includes(`'${node}'`) || one.trim().startsWith(`${node})`)) ?? ''
    for (const run of (line.split('set -- ')[1] ?? '')
      .replace(/ ;;$/, '')
      .split(' ')
      .filter((word) => word !== '')) {
      const name = run.replaceAll("'", '')
      if (started.some((one) => one.run === name && one.node === node)) continue
      started.push({ run: name, node, at: clock.now() })
      const end = endOf(name)
      const say = (state: object) => objects.putBytes(layout.state(name, 'node-0'), Buffer.from(JSON.stringify(state)))
      await say({ phase: 'running', startedAt: clock.now(), updatedAt: clock.now() })
      if (end === null) continue
      void clock
        .sleep(end.afterMs)
        .then(() =>
          say({ phase: 'done', exitCode: end.exitCode, reason: 'exited', logBytes: { stdout: 0, stderr: 0 } }),
        )
    }
    return {}
  })
  return { started }
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
