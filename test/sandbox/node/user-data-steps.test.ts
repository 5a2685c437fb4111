import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FleetSpec } from '../../../src/core/fleet/spec.ts'
import { userDataScript } from '../../../src/launch/user-data.ts'
import { FLEET } from '../../unit/app/sample.ts'

/** The user data's own functions in a real sh, one at a time, with stand-ins for whatever would change this machine. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-user-data-'))
  for (const name of ['bin', 'root']) mkdirSync(join(folder, name))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a script needs of every system; nothing that installs, and nothing that is looked for. */
const PLAIN = ['sh', 'cat', 'mv', 'rm', 'mkdir', 'mktemp', 'grep', 'sed', 'tail', 'chmod', 'uname', 'env', 'tr', 'awk']

function put(name: string, text = ''): void {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\necho "${name} $*" >>"$MUSTER_TEST_CALLS"\n${text}\n`, {
    mode: 0o755,
  })
}

/** Runs shell text with the functions loaded and only the programs that the test has put there. */
function run(text: string, { root = '', fleet = {}, efa = false }: Partial<Run> = {}) {
  for (const name of PLAIN) {
    const at = join(folder, 'bin', name)
    if (!existsSync(at))
      symlinkSync(
        execFileSync('sh', ['-c', `command -v ${name}`])
          .toString()
          .trim(),
        at,
      )
  }
  const script = userDataScript({ ...FLEET, ...fleet }, { efa, lustre: fleet.storage !== null })
    // Without its last line it only defines.
    .replace(/^main\n(?![\s\S]*^main\n)/m, '')
    .replace(/^PATH=\$PATH:.*$/m, `PATH='${join(folder, 'bin')}'`)
    // Nothing of this machine's own is written: those places are the test's.
    .replaceAll(/(?<![\w.])\/(?:opt\/amazon|etc\/(?!os-release)|usr\/share|var\/tmp|proc\/sys)/g, (path) =>
      join(folder, path),
    )
  writeFileSync(join(folder, 'parts.sh'), script)
  const calls = join(folder, 'calls')
  writeFileSync(calls, '')
  const ended = spawnSync('/bin/sh', ['-c', `. '${join(folder, 'parts.sh')}'\n${text}`], {
    env: { PATH: join(folder, 'bin'), MUSTER_NODE_ROOT: root, MUSTER_TEST_CALLS: calls },
    encoding: 'utf8',
  })
  return {
    code: ended.status,
    said: ended.stdout + ended.stderr,
    calls: readFileSync(calls, 'utf8').trim().split('\n'),
  }
}

function installer(): void {
  mkdirSync(join(folder, 'var/tmp'), { recursive: true })
  // The archive has an installer in it that says how it was called.
  const inside = join(folder, 'aws-efa-installer')
  mkdirSync(inside)
  writeFileSync(join(inside, 'efa_installer.sh'), '#!/bin/sh\necho "installer $*" >>"$MUSTER_TEST_CALLS"\n', {
    mode: 0o755,
  })
  execFileSync('tar', ['-czf', join(folder, 'efa.tar.gz'), '-C', folder, 'aws-efa-installer'])
  put('curl', `for last; do :; done\ncat '${join(folder, 'efa.tar.gz')}' >installer.tar.gz`)
  for (const name of ['tar', 'gzip'])
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${name}`])
        .toString()
        .trim(),
      join(folder, 'bin', name),
    )
}
function had(path: string): void {
  mkdirSync(join(folder, 'opt/amazon', path, '..'), { recursive: true })
  writeFileSync(join(folder, 'opt/amazon', path), '', { mode: 0o755 })
}

function inRoot(name: string): string {
  return readFileSync(join(folder, 'root', name), 'utf8')
}

interface Run {
  readonly root: string
  readonly fleet: Partial<FleetSpec>
  readonly efa: boolean
}

describe('installs', () => {
  test('by dnf, by apt-get, or says that there is neither', () => {
    expect(run('get a b')).toMatchObject({ code: 1, said: 'there is neither dnf nor apt-get to install: a b\n' })
    put('apt-get')
    expect(run('get a b').calls).toEqual(['apt-get update -qq', 'apt-get install -y -qq --no-install-recommends a b'])
    put('dnf')
    expect(run('get a b').calls).toEqual(['dnf install -y -q --allowerasing a b'])
  })

  test('again where another package manager is at work, and gives up in the end', () => {
    put('sleep')
    put('dnf', '[ "$(grep -c dnf "$MUSTER_TEST_CALLS")" -ge 3 ]')
    expect(run('get a')).toMatchObject({ code: 0 })
    put('dnf', 'exit 1')
    const { code, calls } = run('get a')
    expect(code).toBe(1)
    expect(calls.filter((call) => call.startsWith('dnf'))).toHaveLength(4)
  })

  test('nothing at all on a process node, which is somebody’s own machine', () => {
    put('dnf')
    put('apt-get')
    const root = join(folder, 'root')
    expect(run('get a', { root })).toMatchObject({ code: 1, said: 'this machine lacks: a\n', calls: [''] })
    expect(run('get_efa_and_mpi && raise_limits && make_user', { root, efa: true })).toMatchObject({
      code: 0,
      calls: [''],
    })
  })

  test('a curl that cannot sign is replaced', () => {
    for (const name of ['sshd', 'ssh-keygen', 'tar', 'gzip', 'setpriv', 'flock', 'dnf']) put(name)
    put('curl', 'echo --aws-sigv4')
    expect(run('get_programs').calls.some((call) => call.startsWith('dnf'))).toBe(false)
    put('curl', 'echo --other')
    expect(run('get_programs').calls).toContain('dnf install -y -q --allowerasing curl')
  })
})

describe('the Lustre client', () => {
  test.for([
    ['is there', ['mount.lustre', 'dnf'], {}, []],
    ['is not wanted', ['dnf'], { storage: null }, []],
    ['comes from AL2023’s own packages', ['dnf'], {}, ['dnf install -y -q --allowerasing lustre-client']],
  ] as const)('%s', ([, programs, fleet, calls]) => {
    for (const name of programs) put(name)
    const ran = run('get_lustre', { fleet })
    expect(ran).toMatchObject({ code: 0 })
    expect(ran.calls.filter((call) => call !== '')).toEqual(calls)
  })

  test('comes from FSx’s repository on Ubuntu, for the kernel that runs', () => {
    mkdirSync(join(folder, 'etc/apt/sources.list.d'), { recursive: true })
    put('apt-get')
    put('curl', 'echo key')
    put('gpg', 'cat >/dev/null')
    put('modprobe')
    put('uname', 'echo 6.8.0-1024-aws')
    const { code, calls } = run('get_lustre')
    expect(code).toBe(0)
    expect(calls.find((call) => call.startsWith('curl'))).toContain('/fsx-ubuntu-public-key.asc')
    expect(calls.at(-2)).toBe('apt-get install -y -qq --no-install-recommends lustre-client-modules-6.8.0-1024-aws')
    expect(calls.at(-1)).toBe('modprobe lustre')
    const key = `signed-by=${join(folder, 'usr/share/keyrings/fsx-ubuntu-public-key.gpg')}`
    expect(readFileSync(join(folder, 'etc/apt/sources.list.d/fsx-lustre-client.list'), 'utf8')).toMatch(
      new RegExp(`^deb \\[${key}\\] https://fsx-lustre-client-repo\\.s3\\.amazonaws\\.com/ubuntu [a-z]+ main\n$`),
    )
  })
})

describe('EFA and Open MPI', () => {
  test.for([
    ['nothing where both are there', ['efa/bin/fi_info', 'openmpi/bin/mpirun'], [], true, null],
    ['nothing where MPI is there and EFA is not wanted', [], ['mpirun'], false, null],
    ['all where neither is there', [], [], true, 'installer -y'],
    ['no driver where the node has no EFA', [], [], false, 'installer -y --skip-kmod --no-verify'],
    [
      'the driver alone where the image has its own programs',
      [],
      ['mpirun', 'fi_info'],
      true,
      'installer -y --minimal',
    ],
    ['Open MPI 5 counts too', ['efa/bin/fi_info', 'openmpi5/bin/mpirun'], [], true, null],
  ] as const)('%s', ([, files, programs, efa, call]) => {
    installer()
    for (const path of files) had(path)
    for (const name of programs) put(name)
    const { code, calls, said } = run('get_efa_and_mpi', { efa })
    expect(code, said).toBe(0)
    expect(calls.find((one) => one.startsWith('installer')) ?? null).toBe(call)
    if (call !== null)
      expect(calls[0]).toMatch(/^curl .*https:\/\/efa-installer\.amazonaws\.com\/aws-efa-installer-[\d.]+\.tar\.gz$/)
  })

  test('an installer that fails is a failure', () => {
    installer()
    put('curl', 'exit 22')
    expect(run('get_efa_and_mpi', { efa: true }).code).toBe(22)
  })
})

describe('a step', () => {
  test('that fails ends the user data, and is named with its exit code', () => {
    const root = join(folder, 'root')
    mkdirSync(join(root, 'var/lib/muster'), { recursive: true })
    mkdirSync(join(root, 'var/log'), { recursive: true })
    const text =
      'good() { echo fine; }\nbad() { echo oh no >&2; return 7; }\nstep one good\nstep two bad\nstep three good'
    const { code, said } = run(text, { root })
    expect(code).toBe(7)
    expect(said).toContain('oh no')
    expect(inRoot('var/lib/muster/booted')).toBe('two failed with exit code 7\n')
    expect(inRoot('var/lib/muster/user-data.steps')).toBe('one 0\ntwo 7\n')
    expect(inRoot('var/log/muster-user-data.log')).toBe(
      '== one\nfine\n== one: exit code 0\n== two\noh no\n== two: exit code 7\n',
    )
  })

  test.for([
    ['as its first line says', '#!/bin/cat\nhello $x', '#!/bin/cat\nhello $x\n'],
    ['by sh where it says nothing', 'x=1\necho "got $x"', 'got 1\n'],
  ])('the fleet’s own text is run %s', ([, userData, output]) => {
    const root = join(folder, 'root')
    mkdirSync(join(root, 'var/lib/muster'), { recursive: true })
    expect(run('write_own && run_own', { root, fleet: { userData: userData! } })).toMatchObject({
      code: 0,
      said: output,
    })
  })
})
