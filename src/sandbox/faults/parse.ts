import { PENDING_DEATHS, PURCHASES } from './faults.ts'
import type { Fault, FaultKind } from './faults.ts'

type FieldKind = 'text' | 'count' | 'ms' | 'rate' | 'texts' | 'purchase' | 'death'

interface Fields {
  readonly required: Readonly<Record<string, FieldKind>>
  readonly optional: Readonly<Record<string, FieldKind>>
}

const FIELDS: Readonly<Record<FaultKind, Fields>> = {
  shortage: {
    required: { instanceType: 'text', zone: 'text' },
    optional: { purchase: 'purchase', count: 'count', availableZones: 'texts' },
  },
  partial: {
    required: { instanceType: 'text', launched: 'ms' },
    optional: { zone: 'text', purchase: 'purchase', count: 'count' },
  },
  throttle: { required: { operation: 'text' }, optional: { count: 'count', rate: 'rate' } },
  'mute-agent': { required: { count: 'count' }, optional: {} },
  'agent-flaps': { required: { forMs: 'ms', count: 'count' }, optional: { afterMs: 'ms' } },
  'instance-hidden': { required: { forMs: 'ms', count: 'count' }, optional: {} },
  'user-data-fails': { required: { count: 'count' }, optional: { exitCode: 'count' } },
  'mount-hangs': { required: { count: 'count' }, optional: {} },
  'expired-token': { required: {}, optional: { count: 'count' } },
  'node-dies': { required: { afterMs: 'ms', count: 'count' }, optional: {} },
  'dies-pending': { required: { count: 'count' }, optional: { reason: 'death' } },
  'storage-fails': { required: { count: 'count' }, optional: {} },
  'link-fails': { required: { count: 'count' }, optional: {} },
  'transfer-fails': { required: { count: 'count' }, optional: { files: 'count' } },
  'spot-interruption': {
    required: {},
    optional: {
      instanceId: 'text',
      instanceType: 'text',
      zone: 'text',
      afterMs: 'ms',
      noticeMs: 'ms',
      count: 'count',
    },
  },
  quota: { required: { quotaCode: 'text', value: 'ms' }, optional: {} },
}

interface Check {
  readonly words: string
  holds(value: unknown): boolean
}

const CHECKS: Readonly<Record<FieldKind, Check>> = {
  text: { words: 'a string', holds: (value) => typeof value === 'string' && value !== '' },
  count: { words: 'a whole number above 0', holds: (value) => Number.isInteger(value) && Number(value) > 0 },
  ms: { words: 'a whole number from 0', holds: (value) => Number.isInteger(value) && Number(value) >= 0 },
  rate: { words: 'a number from 0 to 1', holds: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
  purchase: oneOf(PURCHASES),
  death: oneOf(PENDING_DEATHS),
  texts: {
    words: 'a list of strings',
    holds: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  },
}

function oneOf(words: readonly string[]): Check {
  return { words: `one of ${words.join(', ')}`, holds: (value) => words.some((word) => word === value) }
}

/** A fault as JSON gives it, or a sentence that says what is wrong with it. */
export function parseFault(value: unknown): Fault | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'a fault must be a JSON object'
  const given = value as Readonly<Record<string, unknown>>
  const kind = given['kind']
  if (typeof kind !== 'string' || !Object.hasOwn(FIELDS, kind))
    return `kind must be one of ${Object.keys(FIELDS).join(', ')}`
  const { required, optional } = FIELDS[kind as FaultKind]
  const all: Readonly<Record<string, FieldKind>> = { ...required, ...optional }
  for (const [name, field] of Object.entries(all)) {
    if (given[name] === undefined && !(name in required)) continue
    if (!CHECKS[field].holds(given[name])) return `${name} of a ${kind} must be ${CHECKS[field].words}`
  }
  const unknown = Object.keys(given).find((name) => name !== 'kind' && !Object.hasOwn(all, name))
  if (unknown !== undefined) return `${unknown} is nothing that a ${kind} has; it has ${Object.keys(all).join(', ')}`
  if (kind === 'spot-interruption' && !TARGETS.some((name) => given[name] !== undefined))
    return `a spot-interruption must say whom it hits: ${TARGETS.join(', ')}`
  return given as unknown as Fault
}

const TARGETS = ['instanceId', 'instanceType', 'zone']
