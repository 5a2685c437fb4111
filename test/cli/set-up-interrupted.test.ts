import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { aptInstall } from '../../src/cli/set-up/apt.ts'
import { servicePolicy } from '../../src/cli/set-up/quiet-services.ts'
import { run, temporaryFolder } from './fixtures/run.ts'

afterEach(() => void vi.unstubAllEnvs())

function program(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\ncd '${folder}'\n${script}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`)
}

test('an installation that was killed in the middle is ended first', async () => {
  using folder = temporaryFolder()
  program(folder.path, 'dpkg', 'echo "dpkg $*" >>log; touch whole')
  const interrupted = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
  program(folder.path, 'apt-get', `echo apt-get >>log; [ -e whole ] || { echo "${interrupted}"; exit 100; }`)
  await aptInstall(['gcc'], new AbortController().signal)
  const calls = readFileSync(join(folder.path, 'log'), 'utf8').trim().split('\n')
  expect(calls).toEqual(['apt-get', 'dpkg --force-confold --configure -a', 'apt-get', 'apt-get'])
})

test('being interrupted lets dpkg end the package that it is at', async () => {
  using folder = temporaryFolder()
  const stopping = new AbortController()
  program(
    folder.path,
    'apt-get',
    `(touch begun; until [ -e go-on ]; do sleep 0.02; done; touch whole) & trap : INT; wait; wait`,
  )
  const installing = aptInstall(['gcc'], stopping.signal)
  await expect.poll(() => readFileSync(join(folder.path, 'begun'), 'utf8')).toBe('')
  stopping.abort(new Error('ctrl-C'))
  writeFileSync(join(folder.path, 'go-on'), '')
  await expect(installing).rejects.toThrow('ctrl-C')
  expect(readFileSync(join(folder.path, 'whole'), 'utf8')).toBe('')
})

test('services are forbidden to our installation, and to nobody else where the policy is left behind', async () => {
  using folder = temporaryFolder()
  const policy = join(folder.path, 'policy-rc.d')
  writeFileSync(policy, servicePolicy, { mode: 0o755 })
  expect(await run(policy, ['ssh', 'start'], { env: { MUSTER_INSTALLS: '1' } })).toMatchObject({ code: 101 })
  expect(await run(policy, ['ssh', 'start'], { env: { MUSTER_INSTALLS: undefined } })).toMatchObject({ code: 0 })
})
