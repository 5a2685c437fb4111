import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, run } from './fixtures/run.ts'

const program = join(import.meta.dirname, 'fixtures/writes-output.ts')

test("a job's bytes arrive as they are, stdout and stderr apart", async () => {
  const { code, stdout, stderr } = await run(process.execPath, [program, 'plain'])
  expect([code, stdout.length, stdout.slice(0, 6)]).toEqual([0, 4_000_000, 'xxxxxx'])
  expect(stderr).toBe('to stderr without a newline')
})

test('with --json stdout has the document alone, and output goes to stderr', async () => {
  const { stdout, stderr } = await run(process.execPath, [program, 'json'])
  expect([stdout, stderr.length]).toEqual(['', 4_000_000 + 'to stderr without a newline'.length])
})

test('with --json and --quiet output goes nowhere', async () => {
  const { stdout, stderr } = await run(process.execPath, [program, 'json-quiet'])
  expect([stdout, stderr]).toEqual(['', ''])
})

test('jsonl ends with the result', async () => {
  const { stdout } = await run(process.execPath, [program, 'jsonl'])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; data: object })
  expect(lines.map(({ type }) => type).filter((type) => type !== 'job.output')).toEqual(['warning', 'result'])
  expect(lines.at(-1)?.data).toEqual({ n: 1 })
})

test('a reader that goes away stops nothing and says nothing', async () => {
  const child = spawn(process.execPath, [program, 'plain'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect([code, stderr]).toEqual([0, 'to stderr without a newline'])
})
