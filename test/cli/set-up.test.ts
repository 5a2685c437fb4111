import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { aptInstall } from '../../src/cli/set-up/apt.ts'
import { ensureNodePrograms } from '../../src/cli/set-up/node-programs.ts'
import { installCommand, type MissingProgram, packagesOf } from '../../src/cli/set-up/programs.ts'
import { temporaryFolder } from './fixtures/run.ts'

const MISSING: readonly MissingProgram[] = [
  { program: 'sshd', debianPackage: 'openssh-server', neededFor: 'ssh between nodes' },
  { program: 'gcc', debianPackage: 'gcc', neededFor: 'building MPI jobs' },
]

afterEach(() => void vi.unstubAllEnvs())

/** An apt-get that knows no package before `update`, and one that always fails where `broken`. */
function pretendApt(folder: string, broken = false): () => string[] {
  const tools = join(folder, 'tools')
  mkdirSync(tools)
  const log = join(folder, 'log')
  const script = `#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >>"${log}"
case " $* " in *" update "*) touch "${folder}/lists"; exit 0;; esac
[ -e "${folder}/lists" ] || { echo 'E: Unable to locate package gcc'; exit 100; }
${broken ? "echo 'E: You do not have enough free space'; exit 100" : 'exit 0'}
`
  writeFileSync(join(tools, 'apt-get'), script, { mode: 0o755 })
  vi.stubEnv('PATH', `${tools}${delimiter}${process.env['PATH'] ?? ''}`)
  return () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])
}

const { signal } = new AbortController()

test('packages are installed without questions; lists are fetched only where apt lacks them', async () => {
  using folder = temporaryFolder()
  const calls = pretendApt(folder.path)
  await aptInstall(['gcc'], signal)
  expect(calls().map((call) => call.replaceAll(/ -o \S+/g, ''))).toEqual([
    'noninteractive -q install -y --no-install-recommends gcc',
    'noninteractive -q update',
    'noninteractive -q install -y --no-install-recommends gcc',
  ])
  await aptInstall(['gcc'], signal)
  expect(calls()).toHaveLength(4)
})

test("a failure is apt's own words and the command to type", async () => {
  using folder = temporaryFolder()
  pretendApt(folder.path, true)
  await expect(aptInstall(['gcc'], signal)).rejects.toMatchObject({
    code: 'InstallFailed',
    message: 'apt-get ended with 100: You do not have enough free space',
    suggestions: ['apt-get update && apt-get install -y gcc'],
  })
})

test('where all is there nothing is said or done', async () => {
  const said: string[] = []
  await ensureNodePrograms({ missing: () => [], env: {}, say: (line) => said.push(line), signal, isRoot: true })
  expect(said).toEqual([])
})

test.for([
  ['apt-get', 'get them, as root, with: apt-get install -y openssh-server gcc libc6-dev'],
  ['dnf', 'get them, as root, with: dnf install -y openssh-server gcc'],
  ['brew', 'get them with: brew install openssh gcc'],
] as const)('who is not root is told what is missing, with the command of %s', async ([tool, command]) => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, tool), '', { mode: 0o755 })
  const said: string[] = []
  const env = { PATH: folder.path }
  await ensureNodePrograms({ missing: () => MISSING, env, say: (line) => said.push(line), signal, isRoot: false })
  expect(said).toEqual([`missing on this machine: sshd (ssh between nodes), gcc (building MPI jobs); ${command}`])
})

test('root elsewhere than on Debian is told too', async () => {
  const said: string[] = []
  await ensureNodePrograms({
    missing: () => MISSING,
    env: { PATH: '' },
    say: (line) => said.push(line),
    signal,
    isRoot: true,
  })
  expect(said).toEqual(['missing on this machine: sshd (ssh between nodes), gcc (building MPI jobs)'])
})

test('packages are named once', () => {
  expect(packagesOf([...MISSING, ...MISSING], 'apt')).toEqual(['openssh-server', 'gcc', 'libc6-dev'])
  expect(installCommand([], 'apt')).toBeNull()
})

test('nodes that could never get ready are refused before the sandbox starts; what only some jobs need is told', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'apt-get'), '', { mode: 0o755 })
  const said: string[] = []
  const sshd: MissingProgram = { ...MISSING[0]!, essential: true }
  const request = { env: { PATH: folder.path }, say: (line: string) => said.push(line), signal, isRoot: false }
  const raise = (missing: readonly MissingProgram[], needsNodes: boolean) =>
    ensureNodePrograms({ ...request, missing: () => missing, needsNodes })
  await expect(raise([sshd, MISSING[1]!], true)).rejects.toMatchObject({
    code: 'InstallFailed',
    message: "the sandbox's nodes need sshd, which this machine lacks",
    suggestions: ['sudo apt-get install -y openssh-server gcc libc6-dev'],
  })
  await raise([sshd, MISSING[1]!], false)
  expect(said).toEqual([])
  await raise([MISSING[1]!], true)
  expect(said).toEqual([expect.stringMatching(/^missing on this machine: gcc/)])
})
