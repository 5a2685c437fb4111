// All checks one after another, each shown as it runs: programs of the sandbox's nodes, lint, format, types, import rules,
// tests by layer. Nothing stops at the first failure. The last line counts both checks and tests: `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { ensureNodePrograms } from '../src/cli/set-up/node-programs.ts'
import { missingPrograms } from '../src/sandbox/machines/programs.ts'

const root = dirname(import.meta.dirname)
const layers = process.argv.slice(2)
const env = {
  ...process.env,
  PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
  // What a user's own shell may have set must not change what is tested.
  MUSTER_HOME: undefined,
  MUSTER_CLOUD: undefined,
  MUSTER_FLEET: undefined,
  NODE_ENV: undefined,
}

const CHECKS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['lint', 'oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'prettier', '--check', '{src,test,bin}/**/*.{ts,js,json}', '!src/sandbox/data/**', '*.{ts,json}'],
  ['types', 'tsc'],
  ['import rules', 'node', 'bin/check-imports.ts'],
]

interface Count {
  passed: number
  failed: number
}

async function main(): Promise<Count> {
  const count = { passed: 0, failed: 0 }
  const add = ({ passed, failed }: Count) => {
    count.passed += passed
    count.failed += failed
  }
  const { signal } = new AbortController()
  await ensureNodePrograms({ missing: () => missingPrograms(), env: process.env, say, signal })
  if (layers.length === 0) {
    for (const [name, ...command] of CHECKS) {
      say(name)
      const passed = (await run(command)) === 0
      if (!passed) say(`${name} failed`)
      add(passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })
    }
  }
  say('tests')
  add(await tests())
  return count
}

/** vitest over the layers; its own JSON report is what is counted. */
async function tests(): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  try {
    const report = join(folder, 'report.json')
    const projects = layers.flatMap((layer) => ['--project', layer])
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await run(['vitest', 'run', ...reporters, ...projects])
    return countOf(report, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

function countOf(path: string, code: number): Count {
  let report: Report
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return { passed: 0, failed: 1 }
  }
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (!['passed', 'failed'].includes(test.status)) say(`${test.status}: ${test.fullName}`)
    }
  }
  // A file that does not load has no test that could fail.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + broken.length
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

async function run([program = '', ...words]: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', (error) => {
      say(`${program}: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code) => resolve(code ?? 128))
  })
}

function say(line: string): void {
  process.stdout.write(`\n== ${line}\n`)
}

const { passed, failed } = await main()
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
