import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInbox } from '../../../../../src/aws/ssm/session/inbox.ts'
import { decode, newMessage } from '../../../../../src/aws/ssm/session/message.ts'
import { createOutbox } from '../../../../../src/aws/ssm/session/outbox.ts'

const numbered = (sequence: number) =>
  newMessage({ type: 'output_stream_data', sequence, payloadType: 1, payload: Buffer.from(String(sequence)) })

describe('what comes', () => {
  it('is handled in order and once, however it comes; all that was held or handled is acknowledged', () => {
    const arrivals = fc
      .nat({ max: 30 })
      .chain((last) =>
        fc.tuple(
          fc.constant(last),
          fc.array(fc.nat({ max: last }), { maxLength: 60 }),
          fc.shuffledSubarray(range(last + 1), { minLength: last + 1 }),
        ),
      )
    fc.assert(
      fc.property(arrivals, ([last, some, all]) => {
        const inbox = createInbox()
        const got: number[] = []
        for (const sequence of [...some, ...all]) {
          const { ready, acknowledge } = inbox.accept(numbered(sequence))
          expect(acknowledge).toBe(true)
          got.push(...ready.map((one) => one.sequence))
        }
        expect(got).toEqual(range(last + 1))
      }),
    )
  })

  it('is not acknowledged where it cannot be held', () => {
    const inbox = createInbox()
    for (let sequence = 1; sequence <= 10_000; sequence += 1) inbox.accept(numbered(sequence))
    expect(inbox.accept(numbered(10_001))).toEqual({ ready: [], acknowledge: false })
    expect(inbox.accept(numbered(0)).ready).toHaveLength(10_001)
  })
})

describe('what is sent', () => {
  it('is kept, and the oldest is sent again, until it is acknowledged', () => {
    let now = 1000
    const outbox = createOutbox(() => now)
    expect([1, 2, 3].map((type) => sequenceOf(outbox.add(type, Buffer.from('x'))))).toEqual([0, 1, 2])
    now += 200
    expect(outbox.overdue()).toBeNull()
    now += 1
    expect(sequenceOf(outbox.overdue())).toBe(0)
    expect(outbox.overdue()).toBeNull()
    outbox.acknowledged(0)
    expect(sequenceOf(outbox.overdue())).toBe(1)
    expect(outbox.unacknowledged().map(sequenceOf)).toEqual([1, 2])
    outbox.acknowledged(1)
    outbox.acknowledged(2)
    outbox.acknowledged(2)
    now += 10_000
    expect([outbox.overdue(), outbox.size]).toEqual([null, 0])
  })

  it('waits about as long as answers take, and a second at most', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 50 }), (trips) => {
        let now = 0
        const outbox = createOutbox(() => now)
        trips.forEach((trip, sequence) => {
          outbox.add(1, Buffer.from('x'))
          now += trip
          outbox.acknowledged(sequence)
        })
        outbox.add(1, Buffer.from('x'))
        now += 10
        expect(outbox.overdue()).toBeNull()
        now += 991
        expect(outbox.overdue()).not.toBeNull()
      }),
    )
  })

  it('crosses a line that loses and repeats, whole and in order', () => {
    const plan = fc.array(fc.constantFrom('deliver', 'lose', 'twice', 'lose-answer'), { maxLength: 200 })
    fc.assert(
      fc.property(fc.nat({ max: 20 }), plan, (count, luck) => {
        let now = 0
        const outbox = createOutbox(() => now)
        const inbox = createInbox()
        const got: number[] = []
        const carry = (bytes: Uint8Array, fate = luck.shift() ?? 'deliver'): void => {
          const message = decode(bytes)
          if (fate === 'lose' || message === null) return
          got.push(...inbox.accept(message).ready.map((one) => one.sequence))
          if (fate === 'twice') carry(bytes, 'deliver')
          if (fate !== 'lose-answer') outbox.acknowledged(message.sequence)
        }
        for (let sent = 0; sent < count; sent += 1) carry(outbox.add(1, Buffer.from('x')))
        while (outbox.size > 0) {
          now += 1001
          const again = outbox.overdue()
          if (again) carry(again)
        }
        expect(got).toEqual(range(count))
      }),
    )
  })
})

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const sequenceOf = (bytes: Uint8Array | null) => (bytes === null ? null : decode(bytes)?.sequence)
