import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rehearse, succeeded, type Rehearsal } from '../rehearsal/rehearse.ts'
import { until } from '../rehearsal/until.ts'

const muster = join(import.meta.dirname, '../../bin/muster')
const LEASE_S = 20

let rehearsal: Rehearsal
beforeAll(async () => {
  rehearsal = rehearse()
  const fleets = `fleets:\n  t: {nodes: 2, storage: none}\n  brief: {nodes: 1, storage: none, lease: ${LEASE_S}s}\n`
  writeFileSync(join(rehearsal.folder, 'muster.yaml'), fleets)
  succeeded(await rehearsal.run('up', 't'))
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

/** muster shell with this input, between pipes. */
async function piped(words: readonly string[], input: Buffer | string) {
  const child = spawn(muster, ['shell', ...words], { cwd: rehearsal.folder, env: rehearsal.env })
  const out: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stdin.end(input)
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exitCode, stdout: Buffer.concat(out) }
}

describe('muster shell NODE -- COMMAND', () => {
  it('prints what the command prints, each stream on its own, and ends with its exit code', async () => {
    const ended = await rehearsal.run(
      'shell',
      't/node-1',
      '--',
      'sh',
      '-c',
      'hostname; echo "$1" >&2; exit 7',
      'sh',
      'err  or',
    )
    expect([ended.exitCode, ended.stderr]).toEqual([7, 'err  or\n'])
    expect(ended.stdout).toMatch(/^ip-172-31-[\d-]+\.ec2\.internal\n$/)
  })

  it('feeds it what is piped in, byte by byte', async () => {
    const bytes = randomBytes(50_000)
    const { exitCode, stdout } = await piped(['t', '--', 'cat'], bytes)
    expect([exitCode, stdout.equals(bytes)]).toEqual([0, true])
    expect((await piped(['node-0'], 'echo $((6 * 7))\n')).stdout.toString()).toBe('42\n')
  })

  it('does not wait for input that the command does not want', async () => {
    const child = spawn(muster, ['shell', 't', '--', 'true'], {
      cwd: rehearsal.folder,
      env: rehearsal.env,
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  })

  it('hands ctrl-C to the command', async () => {
    const run = rehearsal.start(
      'shell',
      't',
      '--',
      'sh',
      '-c',
      'trap "echo interrupted; exit 9" INT; echo ready; while :; do sleep 0.1; done',
    )
    await until('the command runs', async () => run.stdout().includes('ready'))
    run.process.kill('SIGINT')
    expect(await run.ended).toMatchObject({ exitCode: 9, stdout: 'ready\ninterrupted\n' })
  })

  it('says which nodes there are where there is none of that name', async () => {
    const ended = await rehearsal.run('shell', 'nod-1', '--', 'true')
    expect([ended.exitCode, ended.stdout]).toEqual([2, ''])
    expect(ended.stderr).toContain('hint: muster shell node-1')
  })

  it('keeps its node, which would have ended itself', async () => {
    succeeded(await rehearsal.run('up', 'brief'))
    const ended = await rehearsal.run('shell', 'brief', '--', 'sleep', String(LEASE_S + 15))
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' })
    const { fleets } = JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout)
    await until(
      'it has ended itself',
      async () => {
        const now = JSON.parse(succeeded(await rehearsal.run('status', '--json')).stdout)
        return now.fleets.every(
          ({ name, nodes }: { name: string; nodes: object[] }) => name !== 'brief' || nodes.length === 0,
        )
      },
      60_000,
    )
    expect(fleets.map(({ name }: { name: string }) => name)).toContain('brief')
  })
})

describe('muster shell on a terminal', () => {
  it("is the node's own: prompt, size, ctrl-C, exit code", async () => {
    // The terminal that the user sits at: its name first, so that its window can be made larger.
    const command = `tty; stty rows 33 cols 101; exec '${muster}' shell t/node-1`
    const child = spawn('script', ['-qfe', '-E', 'always', '-c', command, '/dev/null'], {
      cwd: rehearsal.folder,
      env: { ...rehearsal.env, SHELL: '/bin/sh', TERM: 'dumb' },
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    let shown = ''
    child.stdout.on('data', (bytes: Buffer) => (shown += bytes.toString()))
    const type = async (keys: string, awaited: string) => {
      shown = ''
      child.stdin.write(keys)
      await until(`${JSON.stringify(awaited)} is shown`, async () => shown.includes(awaited))
    }
    await until('a prompt is shown', async () => /[#$] $/.test(shown))
    const tty = /^\S+/.exec(shown)?.[0] ?? ''
    await type('stty size; hostname\r', '33 101')
    await until('its name is shown', async () => shown.includes('.ec2.internal'))
    execFileSync('stty', ['-F', tty, 'rows', '50', 'cols', '132'])
    await until('it has the new size', async () => {
      await type('stty size; echo do""ne\r', 'done')
      return shown.includes('50 132')
    })
    await type('echo be""gun; sleep 600\r', 'begun')
    await type('\u0003', '^C')
    await type('echo st""ill here\r', 'still here')
    child.stdin.write('exit 9\r')
    expect(await ended).toBe(9)
  })
})
