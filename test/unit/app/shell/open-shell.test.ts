import { describe, expect, it } from 'vitest'
import { raiseAndLeave } from '../../../../src/app/fleet/raise-and-leave.ts'
import { openShell } from '../../../../src/app/shell/open-shell.ts'
import { INPUT_END, inputLines, INTERRUPT } from '../../../../src/launch/remote/shell-frames.ts'
import { fakeClock } from '../../../fakes/clock.ts'
import type { FakeTerminal as Remote } from '../../../fakes/remote-shell.ts'
import { fakeServices } from '../../../fakes/services.ts'
import { fakeTerminal } from '../../../fakes/terminal.ts'
import { FLEET, playNodes } from '../sample.ts'

/** A fleet, a user, and what a node does when a shell is opened on it. */
async function world(isInteractive: boolean, program: (remote: Remote, nonce: string) => void | Promise<void>) {
  const services = fakeServices()
  playNodes(services)
  const [node] = (await raiseAndLeave(FLEET, services)).nodes
  const terminal = fakeTerminal(isInteractive)
  services.shell.program((remote) => program(remote, /muster-[0-9a-f]+/.exec(remote.command)?.[0] ?? ''))
  const open = (words: readonly string[] | null = null) =>
    openShell({ node: 'node-0', words, user: null }, terminal, services)
  return { services, terminal, open, id: node?.id ?? '', remote: () => services.shell.opened[0] as Remote }
}

/** What is under way goes on as far as it can without a clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

const line = (mark: 'o' | 'e', text: string) => `${mark}${Buffer.from(text).toString('base64')}\n`

describe('a shell on a terminal', () => {
  it('hands keys, sizes and what is shown on, ends with its exit code, and leaves the terminal as it was', async () => {
    const { terminal, open, id, remote } = await world(true, async (there, nonce) => {
      there.print('$ ')
      await there.heard('exit 9\r')
      terminal.resizeTo({ columns: 132, rows: 43 })
      there.print(`exit 9\r\n\u001B]${nonce};9\u0007`)
    })
    const opened = open()
    terminal.type('exit 9\r')
    expect(await opened).toEqual({ fleet: 'hpc', node: id, exitCode: 9 })
    expect(terminal.shown).toEqual({ stdout: '$ exit 9\r\n', stderr: '' })
    expect([remote().sizes, remote().closed, terminal.isRaw]).toEqual([
      [
        { columns: 80, rows: 24 },
        { columns: 132, rows: 43 },
      ],
      true,
      false,
    ])
  })

  it('is left by ~. and by a signal, which end what runs', async () => {
    for (const [leave, exitCode] of [
      ['~.', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      const { terminal, open, remote } = await world(true, () => {
        expect(terminal.isRaw).toBe(false)
        setImmediate(() => (leave === '~.' ? terminal.type(leave) : terminal.signal(leave)))
      })
      await expect(open()).rejects.toMatchObject({ code: 'Interrupted', exitCode })
      expect([remote().closed, terminal.isRaw]).toEqual([true, false])
    }
  })

  it('says when its line has broken, and when it stands again', async () => {
    const { terminal, open } = await world(true, (there, nonce) => {
      there.options.onLine('broken')
      there.options.onLine('whole')
      there.print(`\u001B]${nonce};0\u0007`)
    })
    await open()
    expect(terminal.shown.stderr).toMatch(/line broke.*\r\nmuster: the line stands again\r\n$/s)
  })

  it('fails where it ends before its program', async () => {
    const { terminal, open } = await world(true, (there) => there.end())
    await expect(open()).rejects.toMatchObject({ code: 'ShellLost', message: expect.stringContaining('hpc/node-0') })
    expect(terminal.isRaw).toBe(false)
  })
})

describe('a command between pipes', () => {
  it('gets its input once it is ready, and gives back stdout, stderr and exit code', async () => {
    const { terminal, open, remote } = await world(false, async (there, nonce) => {
      there.print(`${nonce}\n${line('o', 'out')}${line('e', 'err')}`)
      await there.heard(INPUT_END)
      there.print('x7\n')
    })
    const opened = open(['cat'])
    terminal.type('hello')
    terminal.endInput()
    expect(await opened).toMatchObject({ exitCode: 7 })
    expect([terminal.shown, remote().typed]).toEqual([
      { stdout: 'out', stderr: 'err' },
      inputLines(Buffer.from('hello')) + INPUT_END,
    ])
  })

  it('is interrupted by the first ctrl-C, and left by the second', async () => {
    const { terminal, open, remote } = await world(false, async (there, nonce) => {
      there.print(`${nonce}\n`)
      setImmediate(() => terminal.signal('SIGINT'))
      await there.heard(INTERRUPT)
      terminal.signal('SIGINT')
    })
    await expect(open(['sleep', '9'])).rejects.toMatchObject({ code: 'Interrupted', exitCode: 130 })
    expect(remote().closed).toBe(true)
  })

  it('tells what stood in the way where it never began', async () => {
    const { open } = await world(false, (there) => {
      there.print("id: 'nobody-here': no such user\r\n")
      there.end()
    })
    await expect(open(['true'])).rejects.toMatchObject({ message: expect.stringContaining('no such user') })
  })
})

describe('a node', () => {
  it('that is not online is refused at once', async () => {
    const { services, open, id } = await world(false, () => {})
    services.remote.online = async () => new Set()
    await expect(open()).rejects.toMatchObject({ code: 'NodeOffline', message: expect.stringContaining(id) })
    expect(services.shell.opened).toEqual([])
  })

  it('has its lease renewed while somebody is at it, and no longer than half an hour after', async () => {
    const clock = fakeClock({ auto: false })
    const services = fakeServices({ clock: fakeClock() })
    playNodes(services)
    const [node] = (await raiseAndLeave(FLEET, services)).nodes
    services.remote.answer(() => ({ stdout: 'ends-in 3600\nat-most never\n' }))
    const renewals = () => services.remote.ran.filter(({ script }) => script.comment === 'muster: renew').length
    const before = renewals()
    const terminal = fakeTerminal(true)
    const opened = openShell({ node: node?.id ?? null, words: null, user: null }, terminal, { ...services, clock })
    await settle()
    expect(renewals() - before).toBe(1)
    await clock.advance(600_000)
    expect(renewals() - before).toBe(11)
    await clock.advance(3_600_000)
    const idle = renewals()
    expect(idle - before).toBe(30)
    terminal.type('x')
    await settle()
    await clock.advance(60_000)
    expect(renewals()).toBe(idle + 1)
    terminal.signal('SIGHUP')
    await expect(opened).rejects.toMatchObject({ exitCode: 129 })
    expect(clock.sleepers).toBe(0)
  })
})
