import { expect, it, onTestFinished } from 'vitest'
import { openDataChannel, type Address } from '../../../../../src/aws/ssm/session/data-channel.ts'
import { systemClock } from '../../../../../src/cli/clock.ts'
import type { ShellChannel } from '../../../../../src/ports/remote-shell.ts'
import { acknowledgementOf, gateway, input } from './gateway.ts'

async function open(resume: (at: Awaited<ReturnType<typeof gateway>>) => Address | null = () => null) {
  const at = await gateway()
  const told: string[] = []
  const session = { nodeId: 'i-1', resume: async () => resume(at), terminate: async () => void told.push('terminated') }
  const channel = await openDataChannel(at.address('first'), session, systemClock, {
    onLine: (state) => told.push(state),
  })
  onTestFinished(async () => {
    await channel.close()
    await at.close()
  })
  return { at, channel, told }
}

/** Everything until the terminal ends. */
async function all(channel: ShellChannel): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const bytes of channel.output) pieces.push(bytes)
  return Buffer.concat(pieces).toString()
}

it('names itself with the token, types, shows, acknowledges, and ends with the channel', async () => {
  const { at, channel, told } = await open()
  await channel.write(Buffer.from('ls\r'))
  channel.resize({ columns: 80, rows: 24 })
  expect(await at.hear(input('ls\r'))).toMatchObject({ sequence: 0, payloadType: 1 })
  expect(await at.hear(input('{"cols":80,"rows":24}'))).toMatchObject({ sequence: 1, payloadType: 3 })
  expect(JSON.parse(at.heard[0] as string)).toMatchObject({ MessageSchemaVersion: '1.0', TokenValue: 'first' })
  at.say({ sequence: 1, text: 'world' })
  at.say({ sequence: 0, text: 'hello ' })
  at.say({ sequence: 0, text: 'hello ' })
  await at.hear(acknowledgementOf(1))
  at.say({ type: 'channel_closed', text: '{"Output":""}' })
  expect(await all(channel)).toBe('hello world')
  expect(told).toEqual([])
})

it('types again what is not acknowledged, and only that', async () => {
  const { at, channel } = await open()
  await channel.write(Buffer.from('one'))
  await channel.write(Buffer.from('two'))
  at.acknowledge((await at.hear(input('one'))).sequence)
  const from = at.heard.findIndex(input('two')) + 1
  expect(await at.hear(input('two'), from)).toMatchObject({ sequence: 1 })
  expect(at.heard.filter(input('one'))).toHaveLength(1)
})

it('takes no notice of a message that was damaged: it comes again', async () => {
  const { at, channel } = await open()
  const whole = at.say({ sequence: 1, text: 'later' })
  const damaged = Buffer.from(whole)
  damaged.write('LATER', 120)
  damaged.writeBigInt64BE(0n, 48)
  at.raw(damaged)
  at.say({ sequence: 0, text: 'first ' })
  await at.hear(acknowledgementOf(0))
  at.say({ type: 'channel_closed', text: '{"Output":""}' })
  expect(await all(channel)).toBe('first later')
})

it('answers a handshake', async () => {
  const { at, channel } = await open()
  const RequestedClientActions = [{ ActionType: 'SessionType', ActionParameters: { SessionType: 'Standard_Stream' } }]
  at.say({ payloadType: 5, text: JSON.stringify({ AgentVersion: '3.3.0', RequestedClientActions }) })
  const { payload, payloadType } = await at.hear(input('ProcessedClientActions'))
  expect(payloadType).toBe(6)
  expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
    ProcessedClientActions: [{ ActionType: 'SessionType', ActionStatus: 1, Error: '' }],
    Errors: [],
  })
  at.say({ sequence: 1, payloadType: 7, text: '{"HandshakeTimeToComplete":1,"CustomerMessage":""}' })
  at.say({ sequence: 2, text: '$ ' })
  await at.hear(acknowledgementOf(2))
  at.say({ type: 'channel_closed', text: '{"Output":""}' })
  expect(await all(channel)).toBe('$ ')
})

it('says so where the account encrypts sessions', async () => {
  const { at, channel } = await open()
  const RequestedClientActions = [{ ActionType: 'KMSEncryption', ActionParameters: { KMSKeyId: 'k' } }]
  at.say({ payloadType: 5, text: JSON.stringify({ RequestedClientActions }) })
  await expect(all(channel)).rejects.toMatchObject({ code: 'ShellLost', message: expect.stringContaining('KMS') })
})

it('goes on through a broken line: nothing is lost, nothing comes twice', async () => {
  const { at, channel, told } = await open((gate) => gate.address('second'))
  at.say({ sequence: 0, text: 'before ' })
  await at.hear(acknowledgementOf(0))
  await channel.write(Buffer.from('typed'))
  await at.hear(input('typed'))
  at.cut()
  const secondLine = await at.hear((one) => typeof one === 'string' && one.includes('second'))
  const from = at.heard.indexOf(secondLine)
  expect(await at.hear(input('typed'), from)).toMatchObject({ sequence: 0 })
  at.acknowledge(0)
  at.say({ sequence: 0, text: 'before ' })
  at.say({ sequence: 1, text: 'after' })
  await at.hear(acknowledgementOf(1))
  at.say({ type: 'channel_closed', text: '{"Output":""}' })
  expect(await all(channel)).toBe('before after')
  expect(told).toEqual(['broken', 'whole'])
})

it('ends where the session is over when the line has broken', async () => {
  const { at, channel } = await open()
  at.say({ sequence: 0, text: 'before' })
  await at.hear(acknowledgementOf(0))
  at.cut()
  await expect(all(channel)).rejects.toMatchObject({ code: 'ShellLost', message: expect.stringContaining('i-1') })
})

it("tells AWS's reason where the channel is closed with one", async () => {
  const { at, channel } = await open()
  at.say({ type: 'channel_closed', text: '{"Output":"Session timed out"}' })
  await expect(all(channel)).rejects.toMatchObject({ message: expect.stringContaining('Session timed out') })
})

it('waits with what is typed while the node takes nothing, and ends the session when it is closed', async () => {
  const { at, channel, told } = await open()
  const much = channel.write(Buffer.alloc(100 * 1024, 'x'))
  await at.hear((one) => typeof one !== 'string' && one.sequence === 63)
  await channel.close()
  await much
  expect(at.heard.some((one) => typeof one !== 'string' && one.sequence > 63)).toBe(false)
  expect(told).toEqual(['terminated'])
})
