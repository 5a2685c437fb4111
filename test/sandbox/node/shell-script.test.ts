import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameReader, INPUT_END, inputLines, INTERRUPT } from '../../../src/launch/remote/shell-frames.ts'
import { pipeScript, terminalScript } from '../../../src/launch/remote/shell-script.ts'
import { trailerReader } from '../../../src/launch/remote/shell-trailer.ts'
import type { MachineShell } from '../../../src/sandbox/machines/machine.ts'
import { realKinds, testFleet, type TestFleet, type TestNode } from '../machines/fleet.ts'

const nonce = 'muster-1f'
const hasUser = (user: string | null) => ({ user, nonce })

describe.each(realKinds)('what runs on a %s node for muster shell', (kind) => {
  let fleet: TestFleet
  let node: TestNode
  let opened = 0
  beforeAll(async () => {
    fleet = await testFleet(kind)
    node = await fleet.one()
  })
  afterAll(() => fleet.end())

  async function open(script: string): Promise<MachineShell> {
    const shell = await node.machine.openShell?.(`shell-${(opened += 1)}`, script)
    if (shell === undefined) throw new Error('the node has no terminals')
    return shell
  }

  /** A command between pipes; `type` is called once it takes input. */
  async function piped(
    words: readonly string[] | null,
    type: (shell: MachineShell) => Promise<void>,
    user: string | null = null,
  ) {
    const shell = await open(pipeScript({ words, ...hasUser(user) }))
    const read = frameReader(nonce)
    const out = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] }
    let exitCode = -1
    let typing = Promise.resolve()
    for await (const bytes of shell.output) {
      for (const frame of read(bytes)) {
        if (frame.type === 'ready') typing = type(shell)
        else if (frame.type === 'exit') exitCode = frame.exitCode
        else if (frame.type !== 'noise') out[frame.type].push(frame.bytes)
      }
      if (exitCode !== -1) break
    }
    shell.close()
    await typing
    return { exitCode, stdout: Buffer.concat(out.stdout), stderr: Buffer.concat(out.stderr).toString() }
  }
  it('keeps stdout, stderr and the exit code apart, and words as they are', async () => {
    const result = await piped(
      ['sh', '-c', 'printf "<%s>\\n" "$1"; echo err >&2; exit 7', 'sh', `it's  "$HOME" {{x}} \\n`],
      end,
    )
    expect([result.exitCode, result.stdout.toString(), result.stderr]).toEqual([
      7,
      `<it's  "$HOME" {{x}} \\n>\n`,
      'err\n',
    ])
  })

  it('carries every byte both ways', async () => {
    const bytes = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, at) => at)), randomBytes(40_000)])
    const { stdout, exitCode } = await piped(['cat'], async (shell) => {
      await shell.write(Buffer.from(inputLines(bytes)))
      await end(shell)
    })
    expect([exitCode, stdout.equals(bytes)]).toEqual([0, true])
  })

  it('ends with a command that reads nothing, and says 127 where there is none', async () => {
    expect(await piped(['true'], idle)).toMatchObject({ exitCode: 0 })
    expect(await piped(['no-such-command-here'], idle)).toMatchObject({ exitCode: 127 })
  })

  it('reads a script from its input where no command is given', async () => {
    const { stdout, exitCode } = await piped(null, async (shell) => {
      await shell.write(Buffer.from(inputLines(Buffer.from('echo "$((6 * 7))"\nexit 3\n'))))
      await end(shell)
    })
    expect([exitCode, stdout.toString()]).toEqual([3, '42\n'])
  })

  it('interrupts the command alone, which may make something of it', async () => {
    const command = ['sh', '-c', `trap 'echo interrupted; exit 9' INT; echo ready >&2; while :; do sleep 0.05; done`]
    const shell = await open(pipeScript({ words: command, ...hasUser(null) }))
    const read = frameReader(nonce)
    const seen: string[] = []
    for await (const bytes of shell.output) {
      for (const frame of read(bytes)) {
        if (frame.type === 'stderr') await shell.write(Buffer.from(INTERRUPT))
        if ('bytes' in frame) seen.push(Buffer.from(frame.bytes).toString())
        if (frame.type === 'exit') seen.push(`exit ${frame.exitCode}`)
      }
      if (seen.some((one) => one.startsWith('exit'))) break
    }
    shell.close()
    expect(seen).toEqual(['ready\n', 'interrupted\n', 'exit 9'])
  })

  it('gives a terminal its size and the program its own exit code, behind what it shows', async () => {
    const shell = await open(
      terminalScript({ words: ['sh', '-c', 'stty size; exit 5'], ...hasUser(null) }, { columns: 101, rows: 33 }),
    )
    expect(await shown(shell)).toEqual({ text: '33 101\r\n', exitCode: 5 })
  })

  it('goes on when the program in the terminal is interrupted', async () => {
    const shell = await open(terminalScript({ words: ['sleep', '600'], ...hasUser(null) }, { columns: 80, rows: 24 }))
    // What is typed before the program has begun waits for it, but a signal would not.
    const typing = (async () => {
      await until(async () => (await node.sh('ps -A -o args | grep -c "^sleep 600" || :')) !== '0')
      await shell.write(Buffer.from(INTERRUPT))
    })()
    expect(await shown(shell)).toEqual({ text: '^C', exitCode: 130 })
    await typing
  })

  // A process node has one user.
  if (kind === 'namespace') {
    it('is the user whom one asks for, with his home', async () => {
      await node.sh('id muster >/dev/null 2>&1 || useradd --create-home muster')
      const { stdout } = await piped(['sh', '-c', 'id -un; pwd; echo $HOME'], end, 'muster')
      expect(stdout.toString()).toBe('muster\n/home/muster\n/home/muster\n')
      const shell = await open(pipeScript({ words: ['true'], ...hasUser('nobody-here') }))
      expect((await shown(shell)).text).toContain('nobody-here')
    })
  }
})

const end = (shell: MachineShell) => shell.write(Buffer.from(INPUT_END))
const idle = async () => {}

/** Until the exit code has come, or the terminal has ended. */
async function shown(shell: MachineShell): Promise<{ readonly text: string; readonly exitCode: number | null }> {
  const read = trailerReader(nonce)
  let text = ''
  for await (const bytes of shell.output) {
    const { show, exitCode } = read(bytes)
    text += Buffer.from(show).toString()
    if (exitCode !== null) return { text, exitCode }
  }
  return { text, exitCode: null }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}
