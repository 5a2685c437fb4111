import type { ScalingReason } from './input.ts'

type Kind = ScalingReason['kind']

const WORDS: { readonly [K in Kind]: (reason: ScalingReason & { readonly kind: K }) => string } = {
  nothing: () => 'nothing is to be done',
  work: ({ tasks, nodes }) => `${tasks === 1 ? 'a task waits' : `${tasks} tasks wait`} for ${nodes}`,
  metric: ({ metric, value, bound }) => `${metric} is ${value.toFixed(2)}, against ${bound}`,
  'below-min': ({ min }) => `at least ${min} are wanted`,
  'above-max': ({ max }) => `at most ${max} are wanted`,
  idle: () => 'they have nothing to do',
  'make-room': ({ nodes }) => `a task needs ${nodes} together`,
  limit: ({ affordable }) => `the spending limit bears ${affordable} more`,
  cooldown: () => 'the cooldown is not over',
}

/** Why a fleet changes its size, in words that end a sentence. */
export function sayScaling(reason: ScalingReason): string {
  const say = WORDS[reason.kind] as (one: ScalingReason) => string
  return say(reason)
}
