import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode, newMessage, type Message } from '../../../../../src/aws/ssm/session/message.ts'
import { decodeMessage, encodeMessage } from '../../../../../src/sandbox/services/ssm/session/message.ts'

const types = fc.constantFrom(
  'input_stream_data',
  'output_stream_data',
  'acknowledge',
  'channel_closed',
  'pause_publication',
)
const message: fc.Arbitrary<Message> = fc.record({
  type: types,
  sequence: fc.nat(),
  flags: fc.integer({ min: 0, max: 3 }),
  id: fc.uuid(),
  payloadType: fc.integer({ min: 0, max: 12 }),
  payload: fc.uint8Array({ maxLength: 3000 }),
})
const plain = (one: Message) => ({ ...one, payload: Buffer.from(one.payload).toString('hex') })

describe('a message of a data channel', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(message, fc.nat(), (sent, now) => {
        const got = decode(encode(sent, now + 1))
        expect(got && plain(got)).toEqual(plain(sent))
      }),
    )
  })

  it("is the same to the sandbox's own reader and writer, which share nothing with ours", () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 1, max: 2 ** 41 }), (sent, now) => {
        const { createdAt, ...there } = decodeMessage(Buffer.from(encode(sent, now)))
        expect([plain(there), createdAt]).toEqual([plain(sent), now])
        const back = decode(encodeMessage(sent, now))
        expect(back && { ...plain(back), id: '' }).toEqual({ ...plain(sent), id: '' })
      }),
    )
  })

  it('is nothing where its payload is not what its digest was made of, or where bytes are missing', () => {
    const full = fc.tuple(
      message.filter(({ payload }) => payload.length > 0),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
    )
    fc.assert(
      fc.property(full, ([sent, place, change]) => {
        const bytes = encode(sent, 1)
        const at = 120 + (place % sent.payload.length)
        bytes[at] = (bytes[at] ?? 0) ^ change
        expect(decode(bytes)).toBeNull()
        expect(decode(encode(sent, 1).subarray(0, place % (120 + sent.payload.length)))).toBeNull()
      }),
    )
  })

  it("lies in the bytes as AWS's own encoder puts it", () => {
    // The message of TestSerializeAndDeserializeAgentMessage (amazon-ssm-agent, agent/session/contracts/agentmessage_test.go), as the encoder of
    // session-manager-plugin 61cf128, built from its source, wrote it.
    const sent = { type: 'interactive_shell', sequence: 1, flags: 2, payloadType: 0, payload: Buffer.from('payload') }
    const bytes = Buffer.from(
      encode({ ...newMessage(sent), flags: 2, id: 'dd01e56b-ff48-483e-a508-b5f073f31b16' }, 1_503_434_274_948),
    )
    const digest = '239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5'
    expect(bytes.toString('hex')).toBe(
      [
        '00000074',
        Buffer.from('interactive_shell'.padEnd(32)).toString('hex'),
        '00000001',
        '0000015e0baa7884',
        '0000000000000001',
        '0000000000000002',
        'a508b5f073f31b16dd01e56bff48483e',
        digest,
        '00000000',
        '00000007',
        Buffer.from('payload').toString('hex'),
      ].join(''),
    )
  })
})
