import { gzipSync } from 'node:zlib'
import { BUILT_IN_FLEET } from '../../../src/config/settings.ts'
import type { FleetSpec } from '../../../src/core/fleet/spec.ts'
import { layout, segmentName, type LogStream } from '../../../src/core/job/layout.ts'
import type { RunnerState } from '../../../src/core/job/record.ts'
import type { JobSpec } from '../../../src/core/job/spec.ts'
import type { RemoteScript } from '../../../src/ports/remote-exec.ts'
import type { FakeServices } from '../../fakes/services.ts'

/** A fleet and a job as small as can be, and nodes that do with node scripts what real ones would. */
export const FLEET: FleetSpec = { ...BUILT_IN_FLEET, nodes: 2, minNodes: 2 }

export const JOB: JobSpec = {
  name: 'hello',
  launcher: 'mpi',
  nodes: 2,
  tasksPerNode: 2,
  program: { kind: 'argv', words: ['./hello'] },
  prepare: null,
  env: { TOKEN: 'secret' },
  workdir: null,
  ignore: [],
  outputs: [],
  timeLimitS: null,
}

export interface Played {
  /** What the program does once it has been started; by default it prints a line and exits 0. */
  readonly program?: (job: PlayedJob) => Promise<void>
  /** What a node says of a job's runner when it is asked. */
  readonly status?: string
  /** What a node does when it is to be made an image of. */
  readonly bake?: { readonly exitCode: number; readonly stderr: string }
}

/** The node's side of one job: what it puts into the bucket. */
export interface PlayedJob {
  readonly id: string
  print(stream: LogStream, text: string): Promise<void>
  say(state: Partial<RunnerState>): Promise<void>
  /** The last word: everything is in the bucket. */
  end(exitCode: number, overrides?: Partial<RunnerState>): Promise<void>
}

/** Lets the nodes answer muster's scripts: installs report keys, starts run `program` on the lead. */
export function playNodes(services: FakeServices, { program = succeed, status = 'running', bake }: Played = {}): void {
  services.remote.answer(async (nodeId, script) => {
    if (script.comment === 'muster: install') return { stdout: reportOf(nodeId) }
    if (script.comment === 'muster: bake') return bake ?? {}
    if (script.comment.startsWith('muster: status')) return { stdout: `${status}\n` }
    const job = /^muster: start (\S+)/.exec(script.comment)?.[1]
    if (job !== undefined) void program(playedJob(job, services))
    return {}
  })
}

const succeed = async (job: PlayedJob) => {
  await job.print('stdout', 'hello\n')
  await job.end(0)
}

function reportOf(nodeId: string): string {
  return `host-key ssh-ed25519 AAAAC3${nodeId.replace('-', '')}\nuser-key ssh-ed25519 AAAAUSER\n`
}

function playedJob(id: string, { objects, clock }: FakeServices): PlayedJob {
  const written = { stdout: 0, stderr: 0 }
  const say = (state: Partial<RunnerState>) => {
    const whole = {
      phase: 'running',
      exitCode: null,
      reason: null,
      message: '',
      startedAt: 0,
      logBytes: null,
      outputBytes: null,
    }
    const text = JSON.stringify({ ...whole, updatedAt: clock.now(), ...state })
    return objects.putBytes(layout.state(id, 'node-0'), Buffer.from(text))
  }
  return {
    id,
    say,
    print: async (stream, text) => {
      const bytes = Buffer.from(text)
      const name = segmentName({ offset: written[stream], length: bytes.length, sentAt: clock.now() })
      written[stream] += bytes.length
      await objects.putBytes(layout.log(id, 'node-0', stream) + name, gzipSync(bytes))
    },
    end: (exitCode, overrides = {}) =>
      say({ phase: 'done', exitCode, reason: 'exited', logBytes: { ...written }, ...overrides }),
  }
}

/** Comments of the scripts that reached nodes, once each in order. */
export function scriptsRun(services: FakeServices): string[] {
  const seen = services.remote.ran.map(({ script }: { script: RemoteScript }) =>
    script.comment.replace(/ [a-z0-9-]+-\d{8}-\S+$/, ''),
  )
  return [...new Set(seen)]
}
