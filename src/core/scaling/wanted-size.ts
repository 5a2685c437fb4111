import { exhaustive } from '../../kit/exhaustive.ts'
import type { ScalingInput, ScalingReason } from './input.ts'
import { metricOf, nodesOf } from './metric.ts'
import type { Adjustment, ScalingPolicy, ScalingStep } from './policy.ts'

export interface WantedSize {
  readonly nodes: number
  readonly why: ScalingReason
}

/** AWS scales in by target tracking only well below the target, so that a fleet does not swing: the alarm is at 90 % of it. */
const SCALE_IN_AT = 0.9

/**
 * How many nodes the policy wants, whatever the bounds. While a cohort boots, load that it will serve launches no second one: no policy
 * goes above what is there then for the same tasks.
 */
export function wantedSize(input: ScalingInput): WantedSize {
  const { policy, nodes } = input
  switch (policy.kind) {
    case 'queue':
      return byQueue(input)
    case 'target-tracking':
      return byTarget(policy, input)
    case 'step':
      return byStep(policy, input)
    case 'simple':
      return bySimple(policy, input)
    default:
      return exhaustive(policy) ?? { nodes: nodes.length, why: { kind: 'nothing' } }
  }
}

/** Whether the policy says by how much a fleet gets smaller; under the others what has been idle for long enough ends. */
export function saysWhenToShrink(policy: ScalingPolicy): boolean {
  if (policy.kind === 'step') return policy.steps.some(({ change }) => adjusted(SOME, change) < SOME)
  return policy.kind === 'target-tracking'
}

/** More nodes than any fleet may have: what makes them fewer shrinks every fleet. */
const SOME = 1_000_000

function byQueue({ nodes, unserved, coresPerNode }: ScalingInput): WantedSize {
  const busy = nodes.filter((node) => node.isBusy || node.isBooting).length
  if (unserved.length === 0) return { nodes: nodes.length, why: { kind: 'nothing' } }
  const more = Math.ceil(unserved.reduce((sum, task) => sum + nodesOf(task, coresPerNode), 0) - 1e-9)
  return { nodes: Math.max(nodes.length, busy) + more, why: { kind: 'work', tasks: unserved.length, nodes: more } }
}

/** In proportion, as AWS does: twice the target wants twice the nodes. */
function byTarget(policy: ScalingPolicy & { readonly kind: 'target-tracking' }, input: ScalingInput): WantedSize {
  const { nodes } = input
  const value = metricOf(policy.metric, input)
  const why = { kind: 'metric', metric: policy.metric, value, bound: policy.target } as const
  const wanted = Math.ceil((Math.max(1, nodes.length) * value) / policy.target - 1e-9)
  if (value > policy.target) return isWarmingUp(input) ? same(input) : { nodes: wanted, why }
  return value < policy.target * SCALE_IN_AT ? { nodes: wanted, why } : same(input)
}

function byStep(policy: ScalingPolicy & { readonly kind: 'step' }, input: ScalingInput): WantedSize {
  const value = metricOf(policy.metric, input)
  const step = policy.steps.find((one) => holds(one, value - policy.threshold))
  if (!step) return same(input)
  const nodes = adjusted(input.nodes.length, step.change)
  // AWS counts nodes that warm up as if they were there: the same step launches nothing more.
  if (nodes > input.nodes.length && isWarmingUp(input)) return same(input)
  return { nodes, why: { kind: 'metric', metric: policy.metric, value, bound: policy.threshold } }
}

function bySimple(policy: ScalingPolicy & { readonly kind: 'simple' }, input: ScalingInput): WantedSize {
  const value = metricOf(policy.metric, input)
  if (value <= policy.threshold) return same(input)
  const until = (input.lastChangeAt ?? -Infinity) + policy.cooldownMs
  if (input.now < until) return { nodes: input.nodes.length, why: { kind: 'cooldown', until } }
  return {
    nodes: adjusted(input.nodes.length, policy.change),
    why: { kind: 'metric', metric: policy.metric, value, bound: policy.threshold },
  }
}

function same({ nodes }: ScalingInput): WantedSize {
  return { nodes: nodes.length, why: { kind: 'nothing' } }
}

function isWarmingUp({ nodes }: ScalingInput): boolean {
  return nodes.some((node) => node.isBooting)
}

function holds({ from, to }: ScalingStep, distance: number): boolean {
  return distance >= (from ?? -Infinity) && distance < (to ?? Infinity)
}

/** EC2 rounds a percentage away from zero to at least one node. */
function adjusted(nodes: number, change: Adjustment): number {
  if (change.kind === 'exact') return change.nodes
  if (change.kind === 'add') return Math.max(0, nodes + change.nodes)
  const part = (nodes * change.percent) / 100
  const whole = Math.abs(part) < 1 && change.percent !== 0 ? Math.sign(change.percent) : Math.trunc(part)
  return Math.max(0, nodes + whole)
}
