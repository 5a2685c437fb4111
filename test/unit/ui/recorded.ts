import type { MusterEvent } from '../../../src/core/events/event.ts'
import type { EventData, EventType } from '../../../src/core/events/registry.ts'

export const START = Date.UTC(2026, 10, 23, 14, 32, 5)

/** One event, `ms` after the start. */
export function event<T extends EventType>(ms: number, type: T, data: EventData<T>): MusterEvent {
  return { v: 1, seq: ms, at: START + ms, run: 'r1', type, data } as MusterEvent
}

const stages = (ms: number, counts: Record<string, number>, storage: string | null) =>
  event(ms, 'fleet.stages', { fleet: 'hpc', total: 4, counts, storage })

/** A whole run of the example job, as the use case tells it. */
export const RUN: readonly MusterEvent[] = [
  event(0, 'cloud.chosen', {
    cloud: 'sandbox',
    region: 'us-east-1',
    account: '000000000000',
    endpoint: null,
    cost: 'free: it runs on this machine',
  }),
  event(40, 'sandbox.started', { port: 4599, nodes: 'namespace', ms: 40 }),
  event(50, 'plan.made', { fleet: 'hpc', actions: [] }),
  event(60, 'action.started', { fleet: 'hpc', id: 'a1', kind: 'launch', what: 'launch 4 x hpc7g.16xlarge' }),
  event(70, 'action.started', { fleet: 'hpc', id: 'a2', kind: 'storage', what: 'create 1200 GiB of storage' }),
  stages(80, { pending: 4 }, 'creating'),
  event(1260, 'action.done', { fleet: 'hpc', id: 'a1', kind: 'launch', what: 'launch 4 x hpc7g.16xlarge', ms: 1200 }),
  stages(1300, { pending: 1, online: 3 }, 'creating'),
  stages(1400, { pending: 1, online: 3 }, 'creating'),
  event(1500, 'warning', { message: 'zone us-east-1a is short', hint: 'wait' }),
  event(2000, 'transfer.progress', { what: 'upload', name: 'work', done: 0, total: 10_000_000 }),
  event(3000, 'transfer.progress', { what: 'upload', name: 'work', done: 4_000_000, total: 10_000_000 }),
  event(4000, 'transfer.done', { what: 'upload', name: 'work', bytes: 10_000_000, ms: 2000, reused: false }),
  event(4070, 'action.done', { fleet: 'hpc', id: 'a2', kind: 'storage', what: 'create 1200 GiB of storage', ms: 4000 }),
  event(5000, 'fleet.ready', {
    fleet: 'hpc',
    nodes: 4,
    instanceType: 'hpc7g.16xlarge',
    efaInterfaces: 1,
    ms: 5000,
    warm: false,
  }),
  event(5010, 'job.submitted', { job: 'heat-1', name: 'heat', launcher: 'mpi', nodes: 4, tasks: 8 }),
  event(5020, 'job.phase', { job: 'heat-1', phase: 'running', sinceMs: 0 }),
  event(6000, 'job.progress', { job: 'heat-1', percent: 45 }),
  event(9020, 'job.ended', { job: 'heat-1', exitCode: 7, outcome: 'failed', message: 'rank 3', ms: 4000 }),
  event(9500, 'results.saved', { job: 'heat-1', folder: 'results/heat-1', files: 3 }),
]
