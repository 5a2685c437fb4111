// Prints the table and the plot of docs/scaling.md: node test/rehearsal/simulation/print-weeks.ts [LOG.swf PROCESSORS_PER_NODE]
// A log is a recorded workload, of which the busiest week is taken; none is in this repository.
import { readFileSync } from 'node:fs'
import type { Figures } from './figures.ts'
import { LOADS, makeLoad, type SimulatedTask } from './load.ts'
import { POLICIES } from './policies.ts'
import { simulate } from './simulate.ts'
import { busiestWeek, readSwf } from './swf.ts'
import { WEEK, worldOf, type PlainWorld } from './week.ts'

interface Load {
  readonly name: string
  readonly tasks: readonly SimulatedTask[]
  readonly world: PlainWorld
}

const loads: Load[] = LOADS.map((name) => ({ name, tasks: makeLoad(name, 10_000, 7, 1), world: WEEK }))
const [log, perNode = '1'] = process.argv.slice(2)
if (log !== undefined) {
  const text = readFileSync(log, 'utf8')
  const coresPerNode = Number(perNode)
  const max = Math.floor(Number(/^;\s*MaxProcs:\s*(\d+)/m.exec(text)?.[1]) / coresPerNode)
  const tasks = busiestWeek(readSwf(text, coresPerNode))
  loads.push({ name: 'recorded', tasks, world: { ...WEEK, max, coresPerNode } })
}

const number = (value: number, digits = 0) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const minutes = (seconds: number) => number(seconds / 60, seconds < 6000 ? 1 : 0)
const BAR = 12

function row(load: string, policy: string, figures: Figures): string {
  const { waitMeanS, wait95S, paidNodeHours, usedNodeHours, actions } = figures
  const cells = [minutes(waitMeanS), minutes(wait95S), number(paidNodeHours), number(usedNodeHours), number(actions)]
  return `| ${load.padEnd(8)} | ${policy.padEnd(15)} | ${cells.map((cell) => cell.padStart(7)).join(' | ')} |`
}

function bar(load: string, policy: string, { paidNodeHours, usedNodeHours, waitMeanS }: Figures): string {
  const ratio = paidNodeHours / usedNodeHours
  const paid = `${'#'.repeat(Math.min(BAR, Math.round(ratio * 4)))}${ratio * 4 > BAR ? '+' : ''}`
  const wait = '='.repeat(Math.round(Math.log2(1 + waitMeanS / 60) * 2))
  return `${load.padEnd(9)}${policy.padEnd(16)}${number(ratio, 2).padStart(5)} ${paid.padEnd(BAR + 2)}${minutes(waitMeanS).padStart(6)} ${wait}`.trimEnd()
}

const rows: string[] = []
const bars: string[] = []
for (const { name, tasks, world } of loads) {
  for (const [policy, spec] of Object.entries(POLICIES)) {
    const figures = simulate(tasks, await worldOf(spec, tasks, world))
    rows.push(row(name, policy, figures))
    bars.push(bar(name, policy, figures))
  }
  process.stderr.write(`${name}: ${tasks.length} tasks on at most ${world.max} nodes of ${world.coresPerNode} cores\n`)
}
process.stdout.write(`${rows.join('\n')}\n\n${bars.join('\n')}\n`)
