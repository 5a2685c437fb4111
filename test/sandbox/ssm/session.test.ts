import { once } from 'node:events'
import {
  DescribeSessionsCommand,
  ResumeSessionCommand,
  StartSessionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-ssm'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { connectRemoteShell } from '../../../src/aws/ssm/remote-shell.ts'
import { decode } from '../../../src/aws/ssm/session/message.ts'
import { systemClock } from '../../../src/cli/clock.ts'
import type { ShellChannel } from '../../../src/ports/remote-shell.ts'
import { fakeIds } from '../../fakes/ids.ts'
import { refusalOf, startSsm, until } from './ssm-bench.ts'

const INTERACTIVE = { DocumentName: 'AWS-StartInteractiveCommand' }

async function bench() {
  const world = await startSsm()
  const [node = ''] = world.boot(1)
  const shell = connectRemoteShell({ ...world.client, clock: systemClock, ids: fakeIds() })
  const start = (command: string) =>
    world.ssm.send(new StartSessionCommand({ ...INTERACTIVE, Target: node, Parameters: { command: [command] } }))
  return {
    ...world,
    node,
    start,
    open: (command: string) => shell.open(node, command, { signal: new AbortController().signal, onLine: () => {} }),
    sessions: async (State: 'Active' | 'History') =>
      (await world.ssm.send(new DescribeSessionsCommand({ State }))).Sessions ?? [],
  }
}

async function all(channel: ShellChannel): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const bytes of channel.output) pieces.push(bytes)
  return Buffer.concat(pieces).toString()
}

/** A data channel by hand: the sequence number and text of what comes, and how it was closed. */
async function line(url: string | undefined, token: string | undefined) {
  const socket = new WebSocket(url ?? '')
  onTestFinished(() => socket.terminate())
  const got: string[] = []
  socket.on('message', (data: Buffer) => {
    const message = decode(data)
    if (message?.type === 'output_stream_data')
      got.push(`${message.sequence}: ${Buffer.from(message.payload).toString()}`)
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  socket.send(
    JSON.stringify({
      MessageSchemaVersion: '1.0',
      RequestId: 'r',
      TokenValue: token,
      ClientId: 'c',
      ClientVersion: '1.2.650.0',
    }),
  )
  return { got, closed, cut: () => socket.terminate() }
}

it('runs a command in a terminal of its own size, with what is typed', async () => {
  const { open, sessions, node } = await bench()
  const channel = await open('stty -echo; echo ready; read -r line; stty size; echo "<$line>"')
  channel.resize({ columns: 101, rows: 33 })
  const { value } = await channel.output[Symbol.asyncIterator]().next()
  expect(Buffer.from(value).toString()).toBe('ready\r\n')
  await channel.write(Buffer.from('hello ü\r'))
  expect(await all(channel)).toBe('33 101\r\n<hello ü>\r\n')
  expect(await sessions('Active')).toEqual([])
  expect(await sessions('History')).toMatchObject([
    { Target: node, Status: 'Terminated', Reason: 'muster shell', ...INTERACTIVE },
  ])
})

it('loses and mixes nothing of much', async () => {
  const { open } = await bench()
  const channel = await open('stty -onlcr; seq 1 40000')
  expect(await all(channel)).toBe(Array.from({ length: 40_000 }, (_, at) => `${at + 1}\n`).join(''))
})

it('starts a shell where no document is named', async () => {
  const { ssm, node } = await bench()
  const answer = await ssm.send(new StartSessionCommand({ Target: node }))
  expect(answer).toMatchObject({
    SessionId: expect.stringMatching(/^sandbox-[0-9a-f]{17}$/),
    TokenValue: expect.any(String),
    StreamUrl: expect.stringContaining(`/v1/data-channel/${answer.SessionId}?role=publish_subscribe`),
  })
  const { got } = await line(answer.StreamUrl, answer.TokenValue)
  await until(
    async () => got.join(''),
    (text) => /[#$]/.test(text),
  )
})

it('refuses what AWS refuses', async () => {
  const { ssm, nodes, agents, node } = await bench()
  const refusal = async (input: object) => {
    const error = await refusalOf(ssm.send(new StartSessionCommand({ Target: node, ...input })))
    return [error?.name, error?.message]
  }
  expect(await refusal({ DocumentName: 'AWS-StartPortForwardingSession', Parameters: { portNumber: ['22'] } })).toEqual(
    ['InvalidDocument', expect.any(String)],
  )
  for (const Parameters of [{}, { command: [''] }, { command: ['a', 'b'] }, { command: ['a'], other: ['b'] }])
    expect((await refusal({ ...INTERACTIVE, Parameters }))[0]).toBe(
      Parameters.command?.[0] === '' ? 'ValidationException' : 'InvalidParameters',
    )
  expect((await refusal({ Reason: 'x'.repeat(257) }))[0]).toBe('ValidationException')
  const unknown = 'i-0123456789abcdef0'
  expect(await refusal({ Target: unknown })).toEqual(['TargetNotConnected', `${unknown} is not connected.`])
  agents.lost('us-east-1', node)
  expect((await refusal({}))[0]).toBe('TargetNotConnected')
  agents.online('us-east-1', node)
  nodes.set(node, { state: 'shutting-down' })
  expect((await refusal({}))[0]).toBe('TargetNotConnected')
})

it('lets nobody in without the token, and each token once', async () => {
  const { start } = await bench()
  const { StreamUrl, TokenValue } = await start('sleep 600')
  expect(await (await line(StreamUrl, 'another')).closed).toBe(1008)
  await line(StreamUrl, TokenValue)
  expect(await (await line(StreamUrl, TokenValue)).closed).toBe(1008)
})

it('sends a resumed session what its client has not acknowledged', async () => {
  const { start, ssm, sessions } = await bench()
  const { SessionId, StreamUrl, TokenValue } = await start('echo hello; sleep 600')
  const first = await line(StreamUrl, TokenValue)
  await until(
    async () => first.got,
    (got) => got.includes('0: hello\r\n'),
  )
  first.cut()
  await until(
    () => sessions('Active'),
    ([one]) => one?.Status === 'Disconnected',
  )
  const again = await ssm.send(new ResumeSessionCommand({ SessionId }))
  expect(again.TokenValue).not.toBe(TokenValue)
  const second = await line(again.StreamUrl, again.TokenValue)
  await until(
    async () => second.got,
    (got) => got.includes('0: hello\r\n'),
  )
  expect(await sessions('Active')).toMatchObject([{ SessionId, Status: 'Connected' }])
})

it('ends a session with what runs in it when it is told to, and resumes none that has ended', async () => {
  const { start, ssm, sessions } = await bench()
  const { SessionId, StreamUrl, TokenValue } = await start('sleep 600')
  const { closed } = await line(StreamUrl, TokenValue)
  expect(await ssm.send(new TerminateSessionCommand({ SessionId }))).toMatchObject({ SessionId })
  expect(await closed).toBe(1000)
  expect(await sessions('History')).toMatchObject([{ SessionId, Status: 'Terminated', EndDate: expect.any(Date) }])
  expect((await ssm.send(new ResumeSessionCommand({ SessionId }))).TokenValue).toBeUndefined()
  const refused = await refusalOf(ssm.send(new ResumeSessionCommand({ SessionId: 'nobody-1' })))
  expect(refused?.name).toBe('DoesNotExistException')
})

it('lists sessions by filter and page', async () => {
  const { start, ssm } = await bench()
  const [one, two] = [await start('sleep 600'), await start('sleep 600')]
  const first = await ssm.send(new DescribeSessionsCommand({ State: 'Active', MaxResults: 1 }))
  expect(first.Sessions).toMatchObject([{ SessionId: two.SessionId }])
  const { NextToken } = first
  expect((await ssm.send(new DescribeSessionsCommand({ State: 'Active', NextToken }))).Sessions).toMatchObject([
    { SessionId: one.SessionId },
  ])
  const Filters = [{ key: 'SessionId' as const, value: one.SessionId ?? '' }]
  expect((await ssm.send(new DescribeSessionsCommand({ State: 'Active', Filters }))).Sessions).toHaveLength(1)
})

it('says so on a node that is no more than simulated', async () => {
  const { open, world, nodes } = await bench()
  world.directories.instances = { ...nodes.directory, machine: () => undefined }
  expect(await all(await open('true'))).toContain('there is no process on it, and no shell')
})
