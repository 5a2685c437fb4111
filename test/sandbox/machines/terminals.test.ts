import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MachineShell } from '../../../src/sandbox/machines/machine.ts'
import { realKinds, testFleet } from './fleet.ts'
import type { TestFleet, TestNode } from './fleet.ts'

describe.each(realKinds)('terminals on a %s node', (kind) => {
  let fleet: TestFleet
  let node: TestNode
  let opened = 0
  beforeAll(async () => {
    fleet = await testFleet(kind)
    node = await fleet.one()
  })
  afterAll(() => fleet.end())

  const open = async (command: string): Promise<MachineShell> => {
    opened += 1
    const shell = await node.machine.openShell?.(`session-${opened}`, command)
    if (shell === undefined) throw new Error('the node has no terminals')
    return shell
  }

  it('runs a command in a terminal, and ends with it', async () => {
    const shell = await open('test -t 0 && test -t 1 && test -t 2 && echo "all three: $TERM"; exit 3')
    expect(await all(shell)).toBe('all three: xterm-256color\r\n')
  })

  it('hands input on, echoes it, and says when it has been taken', async () => {
    const shell = await open('read -r line; echo "<$line>"')
    await shell.write(Buffer.from('hello\r'))
    expect(await all(shell)).toBe('hello\r\n<hello>\r\n')
  })

  it('gives the terminal its size, and tells the program when it changes', async () => {
    const shell = await open(`trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.1; done`)
    await seen(shell, 'ready')
    shell.resize(132, 43)
    await seen(shell, '43 132')
  })

  it('makes a signal of ctrl-C', async () => {
    const shell = await open(`trap 'echo interrupted; exit' INT; echo ready; while :; do sleep 0.1; done`)
    await seen(shell, 'ready')
    await shell.write(Buffer.from('\x03'))
    await seen(shell, 'interrupted')
  })

  it('ends what runs in it when it is closed', async () => {
    const shell = await open(`echo "pid=$$"; exec sleep 600`)
    const pid = /pid=(\d+)/.exec(await seen(shell, '\n'))?.[1]
    shell.close()
    await expect(
      node.sh(
        `for i in $(seq 200); do kill -0 ${pid} 2>/dev/null || break; sleep 0.05; done; kill -0 ${pid} 2>/dev/null || echo gone`,
      ),
    ).resolves.toBe('gone')
  })

  it('loses nothing of much input and much output', async () => {
    const shell = await open('stty -echo -onlcr; echo ready; while read -r line; do echo "$line$line"; done')
    await seen(shell, 'ready')
    const lines = Array.from({ length: 300 }, (_, number) => `${number} ${'x'.repeat(1000)}`)
    const writing = (async () => {
      for (const line of lines) await shell.write(Buffer.from(`${line}\n`))
      await shell.write(Buffer.from('\x04'))
    })()
    expect(await all(shell)).toBe(lines.map((line) => `${line}${line}\n`).join(''))
    await writing
  })
})

/** What comes until the terminal ends. */
async function all(shell: MachineShell): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of shell.output) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Reads until the text has come; the terminal goes on. */
async function seen(shell: MachineShell, text: string): Promise<string> {
  const output = shell.output[Symbol.asyncIterator]()
  let read = ''
  while (!read.includes(text)) {
    const { value, done } = await output.next()
    if (done === true) throw new Error(`the terminal ended after ${JSON.stringify(read)}`)
    read += Buffer.from(value).toString()
  }
  return read
}
