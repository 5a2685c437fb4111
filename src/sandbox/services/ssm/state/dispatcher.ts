import type { World } from '../../../world.ts'
import type { Agents } from './agents.ts'
import type { Command, Invocation } from './command.ts'
import { createNodeQueues } from './node-queues.ts'
import type { Delivery } from './node-queues.ts'
import { outcomeOf } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { DELIVERY_TIMED_OUT, TERMINATED, UNDELIVERABLE, isTerminal, mayBecome, verdict } from './status.ts'
import type { Verdict } from './status.ts'
import { isError } from './summary.ts'

/**
 * Takes commands to their nodes and their results back. Everything happens on an event (a command is sent, an agent comes or
 * goes, a script ends, a timeout passes): nothing polls.
 */
export interface Dispatcher {
  start(command: Command): void
  /** Whole command where no node is named. */
  cancel(command: Command, instanceIds: readonly string[]): void
  /** The agent's connection came up or broke. */
  connection(region: string, instanceId: string): void
  /** The instance is terminated. */
  gone(region: string, instanceId: string): void
  close(): void
}

export function createDispatcher(world: World, agents: Pick<Agents, 'find'>): Dispatcher {
  const { clock } = world
  const expiries = new Map<Command, () => void>()
  const queues = createNodeQueues({
    isConnected: (region, instanceId) => agents.find(region, instanceId)?.connected === true,
    machine: (region, instanceId) => world.directories.instances?.machine(region, instanceId),
    now: () => clock.now(),
    ended: (delivery, result) => {
      const outcome = outcomeOf(result, delivery.invocation.verdict.status === 'Cancelling')
      if (outcome) settle(delivery, outcome.verdict, outcome)
    },
  })

  function start(command: Command): void {
    const expire = (): void => {
      for (const invocation of command.invocations) finish({ command, invocation }, DELIVERY_TIMED_OUT)
      forget(command)
    }
    expiries.set(command, clock.after(command.expiresAt - clock.now(), expire))
    advance(command)
  }

  /** Sends it to as many nodes as MaxConcurrency lets have it; after too many errors, to none. */
  function advance(command: Command): void {
    const { invocations } = command
    if (invocations.filter(isError).length > command.errorsAllowed) {
      for (const invocation of invocations) if (!invocation.sent) finish({ command, invocation }, TERMINATED)
    }
    if (invocations.every(({ verdict: { status } }) => isTerminal(status))) return forget(command)
    let holding = invocations.filter((each) => each.sent && !isTerminal(each.verdict.status)).length
    for (const invocation of invocations) {
      if (holding >= command.concurrency) return
      if (invocation.sent || isTerminal(invocation.verdict.status)) continue
      send({ command, invocation })
      holding += 1
    }
  }

  function send(delivery: Delivery): void {
    const { command, invocation } = delivery
    invocation.sent = true
    invocation.stopDeliveryTimer = clock.after(command.timeoutMs, () => {
      if (invocation.startedAt === null) settle(delivery, DELIVERY_TIMED_OUT)
    })
    const delay = world.pace.deliveryMs ?? 0
    if (delay > 0) clock.after(delay, () => queues.put(delivery))
    else queues.put(delivery)
  }

  function settle(delivery: Delivery, ending: Verdict, outcome?: Outcome): void {
    if (finish(delivery, ending, outcome)) advance(delivery.command)
  }

  function finish({ command, invocation }: Delivery, ending: Verdict, outcome?: Outcome): boolean {
    if (!mayBecome(invocation.verdict.status, ending.status)) return false
    Object.assign(invocation, { verdict: ending, endedAt: clock.now() } satisfies Partial<Invocation>)
    if (outcome) {
      const { exitCode, stdout, stderr } = outcome
      Object.assign(invocation, { exitCode, stdout, stderr } satisfies Partial<Invocation>)
    }
    invocation.stopDeliveryTimer()
    queues.drop(command, invocation)
    return true
  }

  function forget(command: Command): void {
    expiries.get(command)?.()
    expiries.delete(command)
  }

  return {
    start,
    connection: (region, instanceId) => queues.pump(region, instanceId),
    cancel(command, instanceIds) {
      const whole = instanceIds.length === 0
      if (whole && command.invocations.some((each) => !isTerminal(each.verdict.status))) command.cancelled = true
      for (const invocation of command.invocations) {
        if (!whole && !instanceIds.includes(invocation.instanceId)) continue
        if (invocation.verdict.status === 'InProgress') {
          invocation.verdict = verdict('Cancelling')
          world.directories.instances?.machine(command.region, invocation.instanceId)?.cancel(command.id)
        } else if (invocation.verdict.status !== 'Cancelling') {
          finish({ command, invocation }, verdict('Cancelled'))
        }
      }
      advance(command)
    },
    gone(region, instanceId) {
      for (const delivery of queues.remove(region, instanceId)) settle(delivery, UNDELIVERABLE)
    },
    close() {
      for (const command of expiries.keys()) {
        forget(command)
        for (const invocation of command.invocations) invocation.stopDeliveryTimer()
      }
      queues.close()
    },
  }
}
