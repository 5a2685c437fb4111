import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { splitArgv } from '../../src/cli/argv.ts'
import { commands } from './fixtures/manifest.ts'
import { muster, run, temporaryFolder } from './fixtures/run.ts'

/** Runs muster in an empty folder with a home of its own, and proves that nothing was made there. */
async function refused(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  using folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text)
  const home = join(folder.path, 'home')
  const outcome = await run(muster, words, { cwd: folder.path, env: { MUSTER_HOME: home } })
  expect(existsSync(home)).toBe(false)
  return outcome
}

test.for(commands().map(({ id }) => id))('%s --help shows usage, two examples and exit codes', async (id) => {
  const { code, stdout, stderr } = await run(muster, [...id.split(':'), '--help'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/\nUSAGE\n[\s\S]*\nEXAMPLES\n[\s\S]*\nEXIT CODES\n/)
  expect(stdout.match(/^ {2,4}(\$ muster|eval) .*$/gm)?.length).toBeGreaterThanOrEqual(3)
})

test('every command has a summary of at most 80 characters', () => {
  for (const { id, summary } of commands()) {
    expect([id, summary.length <= 88 && !summary.endsWith('.')]).toEqual([id, true])
  }
})

test.for([['--help'], ['-h'], ['help'], []])(
  'muster %s is the help of the whole, with the exit codes',
  async (words) => {
    const { code, stdout } = await run(muster, words)
    expect([code, stdout]).toEqual([0, expect.stringMatching(/COMMANDS[\s\S]*EXIT CODES[\s\S]*130 +interrupted/)])
  },
)

test('muster help run is muster run --help', async () => {
  const [a, b] = await Promise.all([run(muster, ['help', 'run']), run(muster, ['run', '--help'])])
  expect(a.stdout).toBe(b.stdout)
})

test('a topic lists its commands', async () => {
  expect((await run(muster, ['sandbox'])).stdout).toMatch(/sandbox env[\s\S]*sandbox reset[\s\S]*sandbox stop/)
})

test.for([
  [['statsu'], 'no such command: statsu', 'muster status'],
  [['sandbox', 'strat'], 'no such command: sandbox strat', 'muster sandbox start'],
  [['status', 'x'], 'unexpected argument: x', 'muster status --help'],
  [['help', 'stauts'], 'no such command: stauts', 'muster status'],
  [['run', '--nodez', '3'], 'no such flag: --nodez', 'did you mean --nodes?'],
  [['run', 'a.yaml', 'b.yaml'], 'unexpected argument: b.yaml', 'muster run --help'],
  [['run', '-n', 'three', '--', 'true'], 'an integer but received: three', 'muster run --help'],
  [
    ['run', '--launcher', 'mpy', '--', 'true'],
    '--launcher=mpy to be one of: mpi, torchrun, shell',
    'muster run --help',
  ],
  [['run', '--progress'], '--progress', 'muster run --help'],
  [['run'], 'there is nothing to run', 'muster run -- hostname'],
  [['run', '--'], 'there is nothing to run', 'muster run -- hostname'],
  [['run', 'nope.yaml'], 'no job file "nope.yaml"', 'ls jobs/'],
  [['run', '-n', '0', '--', 'true'], '--nodes', ''],
  [['run', '-n', '-1', '--', 'true'], '--nodes', ''],
  [['run', '--fleet', 'hpcc', '--', 'true'], 'hpcc', 'hpc'],
  [['up', 'nope'], 'no fleet is named "nope"', 'muster.yaml'],
  [['down', 'hpc', '--all'], '--all', 'muster down hpc'],
  [['up', '--cloud', 'azure'], '--cloud', ''],
  [['logs', '--rank', '-1'], '--rank', ''],
  [['logs', '--rank', '1', '--node', 'node-1'], '--rank', ''],
] as const)(
  '%s is refused with exit code 2, in words and as JSON, before anything is made',
  async ([words, message, hint]) => {
    const plain = await refused(words)
    expect([plain.code, plain.stdout]).toEqual([2, ''])
    expect(plain.stderr).toContain(message)
    expect(plain.stderr).toMatch(/^error: [^\n]+(\n {2}[^\n]+)*\n\nhint: /)
    expect(plain.stderr).toContain(hint)
    const { own, program } = splitArgv(words)
    const json = await refused([...own, '--json', ...(program === null ? [] : ['--', ...program])])
    expect([json.code, json.stderr]).toEqual([2, ''])
    const { error } = JSON.parse(json.stdout) as { error: Record<string, unknown> }
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) })
    expect(error['suggestions']).not.toEqual([])
  },
)

test('a broken muster.yaml is named by line and column, whatever the command', async () => {
  const { code, stderr } = await refused(['status'], { 'muster.yaml': 'cloud: sandbox\nfleetz: {}\n' })
  expect([code, stderr]).toEqual([2, expect.stringMatching(/muster\.yaml:2:1.*fleets/)])
})

test('sandbox status and stop look without making anything', async () => {
  expect(await refused(['sandbox', 'status'])).toMatchObject({ code: 0, stdout: expect.stringContaining('stopped') })
  expect(await refused(['sandbox', 'stop'])).toMatchObject({ code: 0, stdout: 'no sandbox was running\n' })
  expect(JSON.parse((await refused(['sandbox', 'stop', '--json'])).stdout)).toEqual({ stopped: false })
})

test('sandbox env starts the sandbox where none runs: eval of nothing would keep real keys', async () => {
  using folder = temporaryFolder()
  const options = { cwd: folder.path, env: { MUSTER_HOME: join(folder.path, 'home') } }
  try {
    const { code, stdout } = await run(muster, ['sandbox', 'env'], options)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^unset .*AWS_PROFILE.*AWS_ENDPOINT_URL_EC2/)
    expect(stdout).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m)
  } finally {
    await run(muster, ['sandbox', 'stop'], options)
  }
})

test('sandbox env prints nothing that eval would run where it fails', async () => {
  const { code, stdout } = await refused(['sandbox', 'env', '--region', 'no; region'])
  expect([code, stdout]).toEqual([2, ''])
})

test('words after -- are never flags of ours', async () => {
  const { stderr } = await refused(['run', '-n', '0', '--', 'prog', '--json', '--help', '--version'])
  expect(stderr).toMatch(/^error: .*--nodes/)
})
