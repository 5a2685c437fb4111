import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

describe.each(realKinds)('scripts on a %s node', (kind) => {
  let fleet: TestFleet
  let node: TestNode
  beforeAll(async () => {
    fleet = await testFleet(kind)
    node = await fleet.one()
  })
  afterAll(() => fleet.end())

  it('keeps stdout, stderr and the exit code of the last command apart', async () => {
    const result = await node.run('echo out\necho err >&2\nfalse\n(exit 7)')
    expect(result).toEqual({ ended: 'exited', exitCode: 7, stdout: 'out\n', stderr: 'err\n' })
  })

  it('goes on after a failing command, as a script without -e does', async () => {
    expect(await node.sh('false\necho on')).toBe('on')
  })

  it('honours a shebang', async () => {
    expect(await node.sh('#!/usr/bin/env -S awk -f\nBEGIN { print 6 * 7 }')).toBe('42')
  })

  it('says 128 + signal where a signal ended it', async () => {
    expect(await node.run('kill -TERM $$')).toMatchObject({ ended: 'exited', exitCode: 143 })
    expect(await node.run('kill -KILL $$')).toMatchObject({ ended: 'exited', exitCode: 137 })
  })

  it('is told which instance it runs on, and takes an environment of its own', async () => {
    const script = 'echo "$AWS_SSM_INSTANCE_ID $AWS_SSM_REGION_NAME $WORD"'
    const result = await node.run(script, { env: { WORD: `it's "$HOME"` } })
    expect(result.stdout).toBe(`i-00000000000000000 us-east-1 it's "$HOME"\n`)
  })

  it('shows nothing of the agent and the sandbox in the environment', async () => {
    expect(await node.sh('env')).not.toMatch(/MUSTER_AGENT|MUSTER_SANDBOX/)
  })

  it('starts in the working directory, and fails where it is not there', async () => {
    await node.sh('mkdir -p "${MUSTER_NODE_ROOT:-}/opt/some where"')
    const { stdout } = await node.run('pwd', { workingDirectory: '/opt/some where' })
    expect(stdout.trim().endsWith('/opt/some where')).toBe(true)
    const missing = await node.run('pwd', { workingDirectory: '/opt/nowhere' })
    expect(missing).toMatchObject({ ended: 'exited', exitCode: 1 })
    expect(missing.stderr).toContain('/opt/nowhere: no such file or directory')
  })

  it('kills the whole group when the time is over, but not what left it', async () => {
    const result = await node.run(
      'setsid sh -c "echo \\$\\$ >$TMP/left; exec sleep 60" </dev/null >/dev/null 2>&1 &\nsleep 50 & echo $! >$TMP/child\necho before\nsleep 60',
      { timeoutMs: 700, env: { TMP: await node.sh('mktemp -d') } },
    )
    expect(result).toMatchObject({ ended: 'timed-out', exitCode: 137, stdout: 'before\n' })
    const dead =
      'f=$(ls -t -d ${TMPDIR:-/tmp}/tmp.*/child | head -1); kill -0 $(cat "$f") 2>/dev/null && [ "$(ps -o stat= -p $(cat "$f") | cut -c1)" != Z ]'
    expect((await node.run(dead)).exitCode).toBe(1)
    await node.sh('f=$(ls -t -d ${TMPDIR:-/tmp}/tmp.*/left | head -1); kill $(cat "$f")')
  })

  it('is cancelled by its id', async () => {
    const started = node.run('echo begun >"${MUSTER_NODE_ROOT:-}/opt/begun"; exec sleep 60', { id: 'long' })
    await node.sh('until [ -s "${MUSTER_NODE_ROOT:-}/opt/begun" ]; do sleep 0.02; done')
    node.machine.cancel('long')
    expect(await started).toMatchObject({ ended: 'cancelled', exitCode: 137 })
  })

  it('goes on as long as a background child holds its output', async () => {
    const began = performance.now()
    expect(await node.sh('(sleep 0.4; echo late) &\necho early')).toBe('early\nlate')
    expect(performance.now() - began).toBeGreaterThan(390)
  })

  it('runs several at once and keeps a mebibyte of each one’s output', async () => {
    const results = await Promise.all(
      ['a', 'b', 'c'].map((letter) => node.run(`head -c 3000000 /dev/zero | tr '\\0' ${letter}; echo ${letter} >&2`)),
    )
    expect(results.map(({ stdout, stderr }) => [stdout.length, stdout[0], stderr])).toEqual([
      [1024 * 1024, 'a', 'a\n'],
      [1024 * 1024, 'b', 'b\n'],
      [1024 * 1024, 'c', 'c\n'],
    ])
  })

  it('refuses a second script under an id that runs', async () => {
    const first = node.run('sleep 60', { id: 'same' })
    await expect(node.run('true', { id: 'same' })).rejects.toThrow('runs already')
    node.machine.cancel('same')
    expect((await first).ended).toBe('cancelled')
  })

  it('takes words with quotes, dollars and newlines as they are', async () => {
    const words = `it's "a" $(b) \`c\`\n\\d`
    const { stdout } = await node.run('printf %s "$WORDS"', { env: { WORDS: words } })
    expect(stdout).toBe(words)
  })

  it('leaves the disk of the machine alone', async () => {
    await node.sh('echo mine >"${MUSTER_NODE_ROOT:-}/opt/mine"')
    expect(readdirSync('/opt')).not.toContain('mine')
    const place = kind === 'namespace' ? 'upper/opt/mine' : 'root/opt/mine'
    expect(readFileSync(join(fleet.home, 'nodes', node.machine.instanceId, place), 'utf8')).toBe('mine\n')
  })
})
