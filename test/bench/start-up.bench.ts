import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Row } from './row.ts'

const root = join(import.meta.dirname, '..', '..')
const node = join(root, 'node_modules/node/bin/node')
const muster = join(root, 'bin/muster')
const ROUNDS = 25

/** Start-up against bare Node. Taken in turns, so that other load on the machine falls on all alike; medians. */
export async function measure(): Promise<readonly Row[]> {
  const commands = { bare: [node, '-e', '0'], version: [muster, '--version'], help: [muster, '--help'] }
  const times = { bare: [] as number[], version: [] as number[], help: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['bare', 'version', 'help'] as const) times[name].push(timeOf(commands[name]))
  }
  const [bare, version, help] = [median(times.bare), median(times.version), median(times.help)]
  return [
    { what: 'bare node -e 0', value: `${bare.toFixed(0)} ms` },
    { what: 'muster --version', value: `${version.toFixed(0)} ms, ${(version / bare).toFixed(2)} x`, limit: '2.5 x' },
    { what: 'muster --help', value: `${help.toFixed(0)} ms, ${(help / bare).toFixed(2)} x` },
  ]
}

function timeOf([program = '', ...words]: readonly string[]): number {
  const began = performance.now()
  const { status } = spawnSync(program, words, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${status}`)
  return performance.now() - began
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
