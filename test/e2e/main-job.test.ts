import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { example, rehearse, type Rehearsal } from '../rehearsal/rehearse.ts'

let rehearsal: Rehearsal
beforeAll(() => {
  rehearsal = rehearse()
})
afterAll(async () => {
  expect(await rehearsal.close()).toEqual([])
})

describe('muster run', () => {
  it('raises a fleet, runs MPI ranks on four hosts, fetches the log, and proves that all is gone', async () => {
    const run = await rehearsal.run('run', example('hello.yaml'), '--json')
    expect(run.stderr).toContain('cloud: sandbox')
    expect(run.stderr).toMatch(/\+4 hpc7g\.16xlarge us-east-1[a-f] cluster, EFA x1/)
    expect(run.stderr).toContain('4 x hpc7g.16xlarge ready with EFA x1')
    expect(run.stderr.match(/EFA x1 is attached and verified, but .* MPI runs over TCP/g)).toHaveLength(1)
    const result = JSON.parse(run.stdout)
    expect(run).toMatchObject({ exitCode: 0 })
    expect(result).toMatchObject({ outcome: 'done', exitCode: 0, kept: false })
    const log = await readFile(join(result.results.folder, 'stdout.log'), 'utf8')
    const ranks = log.trim().split('\n')
    expect(ranks).toHaveLength(8)
    expect(new Set(ranks.map((line) => /ip-[\d-]+/.exec(line)?.[0])).size).toBe(4)
    const status = JSON.parse((await rehearsal.run('status', '--json')).stdout)
    expect(status.fleets).toEqual([])
    expect(status.jobs).toMatchObject([{ id: result.job, phase: 'done', exitCode: 0 }])
  })

  it('passes a rank’s exit code on and takes the fleet down all the same', async () => {
    const run = await rehearsal.run('run', example('fails.yaml'))
    expect(run.exitCode).toBe(7)
    expect(run.stderr).toMatch(/gone in .*the API shows 0 instances/)
  })

  it('brings outputs back, passes words literally, and keeps stdout for the job alone', async () => {
    const words = ['a b', '$(touch /tmp/evil)', "it's", '"', 'new\nline', '']
    await writeFile(
      join(rehearsal.folder, 'words.yaml'),
      JSON.stringify({
        name: "words '$(x)'",
        launcher: 'shell',
        nodes: 1,
        env: { GREETING: 'a "quoted" $HOME\nvalue' },
        outputs: ['out/**'],
        script: 'mkdir -p out; printf %s "$GREETING" > out/greeting; id -un; pwd; cat "$0" > /dev/null; exit 0',
      }),
    )
    const run = await rehearsal.run('run', 'words.yaml')
    expect(run).toMatchObject({ exitCode: 0 })
    expect(run.stdout.split('\n')[0]).toBe('muster')
    const [folder] = (await readdir(join(rehearsal.folder, 'results'))).filter((name) => name.startsWith('words'))
    expect(await readFile(join(rehearsal.folder, 'results', folder!, 'out/greeting'), 'utf8')).toBe(
      'a "quoted" $HOME\nvalue',
    )

    const literal = await rehearsal.run('run', '--nodes', '1', '--launcher', 'shell', '--', 'printf', '<%s>', ...words)
    expect(literal.stdout).toBe(words.map((word) => `<${word}>`).join(''))
  })

  it('says what the node says where a command does not exist: exit code 127', async () => {
    const run = await rehearsal.run('run', '--nodes', '1', '--', 'no-such-program')
    expect(run.exitCode).toBe(127)
    expect(run.stderr).toMatch(/no-such-program/)
  })
})

describe('a kept fleet', () => {
  it('serves the next run at once, and goes with muster down; logs stay, over a stop of the sandbox too', async () => {
    const first = await rehearsal.run('run', '--keep', '--nodes', '2', '--', 'hostname')
    expect(first).toMatchObject({ exitCode: 0 })
    const second = await rehearsal.run('run', '--keep', '--nodes', '2', '--json', '--', 'hostname')
    const result = JSON.parse(second.stdout)
    expect(result).toMatchObject({ outcome: 'done', kept: true })
    expect(second.stderr).toContain('already up')
    const down = await rehearsal.run('down', '--all', '--json')
    expect(down).toMatchObject({ exitCode: 0 })
    expect((await rehearsal.run('down', '--all')).exitCode).toBe(0)
    await rehearsal.run('sandbox', 'stop')
    const logs = await rehearsal.run('logs', result.job)
    expect(logs.stdout.trim().split('\n')).toHaveLength(2)
  })
})
