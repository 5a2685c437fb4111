import { seededRandom, type Random } from './random.ts'

/** A task of the simulation. Times in milliseconds; what runs ends before its limit. */
export interface SimulatedTask {
  readonly task: string
  readonly submittedAt: number
  readonly index: number
  readonly priority: number
  readonly nodes: number
  /** Cores of one node that it shares; null takes its nodes for itself. */
  readonly cores: number | null
  readonly limitMs: number | null
  readonly runMs: number
}

export const HOUR = 3_600_000
const MINUTE = 60_000
const DAY = 24 * HOUR
/** A Monday, in UTC. */
export const START = Date.UTC(2027, 0, 4)

export type LoadName = 'night' | 'office' | 'steady' | 'gangs'
export const LOADS: readonly LoadName[] = ['night', 'office', 'steady', 'gangs']

/** `count` tasks of `days` days from START on, in the order of their submission; the same for the same seed. */
export function makeLoad(name: LoadName, count: number, days: number, seed: number): SimulatedTask[] {
  const random = seededRandom(seed)
  const drawn: SimulatedTask[] = []
  while (drawn.length < count) {
    const group = GROUPS[name](random, days * DAY, drawn.length)
    drawn.push(...group.slice(0, count - drawn.length))
  }
  return drawn.toSorted((a, b) => a.submittedAt - b.submittedAt || (a.task < b.task ? -1 : 1))
}

type Group = (random: Random, spanMs: number, first: number) => SimulatedTask[]

const GROUPS: Readonly<Record<LoadName, Group>> = {
  night: (random, span, first) => {
    const at = dayOf(random, span) + 20 * HOUR + random.whole(0, 2 * HOUR)
    const limit = random.pick([30, 60, 120]) * MINUTE
    const cores = random.pick([null, null, 4, 16])
    return array(random, first, at, random.whole(50, 200), { nodes: 1, cores, limit })
  },
  office: (random, span, first) => {
    const weekday = Math.floor(random.next() * Math.min(5, span / DAY)) * DAY
    const at = weekday + 8 * HOUR + random.whole(0, 10 * HOUR)
    const isBurst = random.next() < 0.1
    const shape = {
      nodes: random.pick([1, 1, 1, 2, 4, 8, 16]),
      cores: null,
      limit: random.pick([15, 60, 240]) * MINUTE,
    }
    return array(random, first, at, isBurst ? random.whole(20, 60) : random.whole(1, 3), shape)
  },
  steady: (random, span, first) => {
    const shape = { nodes: random.pick([1, 1, 2, 4, 8]), cores: null, limit: random.pick([30, 60, 180, 360]) * MINUTE }
    return array(random, first, Math.floor(random.next() * span), 1, shape)
  },
  gangs: (random, span, first) => {
    const at = Math.floor(random.next() * span)
    if (random.next() < 0.08) {
      const shape = { nodes: random.pick([64, 128, 256]), cores: null, limit: random.pick([60, 120]) * MINUTE }
      return array(random, first, at, 1, shape)
    }
    const cores = random.pick([null, 2, 8])
    const shape = { nodes: cores === null ? random.pick([1, 2, 4]) : 1, cores, limit: random.pick([30, 120]) * MINUTE }
    return array(random, first, at, random.pick([1, 5, 30]), shape)
  },
}

function dayOf(random: Random, span: number): number {
  return random.whole(0, Math.max(0, Math.floor(span / DAY) - 1)) * DAY
}

interface Shape {
  readonly nodes: number
  readonly cores: number | null
  readonly limit: number
}

/** Tasks of one array: they ask for the same, and take what they take. Most end well before their limits, as users guess high. */
function array(random: Random, first: number, at: number, size: number, shape: Shape): SimulatedTask[] {
  const priority = random.next() < 0.05 ? 10 : 0
  return Array.from({ length: size }, (_, index) => ({
    task: `t${String(first + index).padStart(6, '0')}`,
    submittedAt: START + at,
    index,
    priority,
    nodes: shape.nodes,
    cores: shape.cores,
    limitMs: shape.limit,
    runMs: Math.max(1_000, Math.floor(shape.limit * Math.min(0.98, random.exponential(0.4)))),
  }))
}
