import type { Machine, MachineResult } from '../../../machines/machine.ts'
import type { Command, Invocation } from './command.ts'
import { isTerminal, verdict } from './status.ts'

/**
 * What each node has to run. The agent runs five commands at once (CommandWorkersLimit); the sixth stays Pending. While no
 * agent is connected, commands are Delayed and wait.
 */
export interface NodeQueues {
  put(delivery: Delivery): void
  /** Starts what can start now. */
  pump(region: string, instanceId: string): void
  /** Takes one invocation out of its queue. */
  drop(command: Command, invocation: Invocation): void
  /** Forgets a node; gives what it never got. */
  remove(region: string, instanceId: string): readonly Delivery[]
  close(): void
}

export interface Delivery {
  readonly command: Command
  readonly invocation: Invocation
}

export interface NodeQueuesPorts {
  isConnected(region: string, instanceId: string): boolean
  machine(region: string, instanceId: string): Machine | undefined
  now(): number
  ended(delivery: Delivery, result: MachineResult): void
}

interface Queue {
  waiting: Delivery[]
  readonly running: Set<Delivery>
}

const WORKERS = 5

const keyOf = (region: string, instanceId: string): string => `${region}/${instanceId}`

export function createNodeQueues(ports: NodeQueuesPorts): NodeQueues {
  const queues = new Map<string, Queue>()
  let closed = false

  function pump(region: string, instanceId: string): void {
    const queue = queues.get(keyOf(region, instanceId))
    if (!queue || closed) return
    const machine = ports.isConnected(region, instanceId) ? ports.machine(region, instanceId) : undefined
    const free = machine ? WORKERS - queue.running.size : 0
    for (const next of queue.waiting.splice(0, Math.max(0, free))) if (machine) run(machine, queue, next)
    for (const { invocation } of queue.waiting) invocation.verdict = verdict(machine ? 'Pending' : 'Delayed')
    if (queue.waiting.length + queue.running.size === 0) queues.delete(keyOf(region, instanceId))
  }

  function run(machine: Machine, queue: Queue, delivery: Delivery): void {
    const { command, invocation } = delivery
    queue.running.add(delivery)
    invocation.startedAt = ports.now()
    invocation.verdict = verdict('InProgress')
    const { text, workingDirectory } = command.script
    const env = { AWS_SSM_INSTANCE_ID: invocation.instanceId, AWS_SSM_REGION_NAME: command.region }
    machine.run({ id: command.id, text, workingDirectory, env, timeoutMs: command.executionTimeoutMs }).then(
      (result) => ended(queue, delivery, result),
      () => refused(queue, delivery),
    )
  }

  function ended(queue: Queue, delivery: Delivery, result: MachineResult): void {
    queue.running.delete(delivery)
    if (closed) return
    ports.ended(delivery, result)
    pump(delivery.command.region, delivery.invocation.instanceId)
  }

  /**
   * The agent went away before it took the script: the command waits until the agent is back, or its delivery times out.
   * Not tried again before a further event, or a machine that always refuses would be asked without end.
   */
  function refused(queue: Queue, delivery: Delivery): void {
    const { invocation } = delivery
    queue.running.delete(delivery)
    if (closed || isTerminal(invocation.verdict.status)) return
    if (invocation.verdict.status === 'Cancelling') return ports.ended(delivery, CANCELLED_UNSTARTED)
    invocation.startedAt = null
    invocation.verdict = verdict('Delayed')
    queue.waiting.unshift(delivery)
  }

  return {
    pump,
    put(delivery) {
      const { command, invocation } = delivery
      if (closed || isTerminal(invocation.verdict.status)) return
      const key = keyOf(command.region, invocation.instanceId)
      const queue = queues.get(key) ?? { waiting: [], running: new Set() }
      queues.set(key, queue)
      queue.waiting.push(delivery)
      pump(command.region, invocation.instanceId)
    },
    drop(command, invocation) {
      const queue = queues.get(keyOf(command.region, invocation.instanceId))
      if (queue) queue.waiting = queue.waiting.filter((each) => each.invocation !== invocation)
    },
    remove(region, instanceId) {
      const waiting = queues.get(keyOf(region, instanceId))?.waiting ?? []
      queues.delete(keyOf(region, instanceId))
      return waiting
    },
    close() {
      closed = true
    },
  }
}

const CANCELLED_UNSTARTED: MachineResult = { ended: 'cancelled', exitCode: -1, stdout: '', stderr: '' }
