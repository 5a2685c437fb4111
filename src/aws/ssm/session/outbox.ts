import { encode, newMessage } from './message.ts'

/** Of session-manager-plugin 61cf128, src/config/config.go, in milliseconds; it reckons as TCP does (RFC 6298). */
const FIRST_TIMEOUT = 200
const FIRST_ROUND_TRIP = 100
const LONGEST_TIMEOUT = 1000
const CLOCK_GRANULARITY = 10

/** Our numbered messages, each kept until the other side has it. Pure but for the clock that is handed in. */
export interface Outbox {
  /** The next message, to be sent. */
  add(payloadType: number, payload: Uint8Array): Uint8Array
  acknowledged(sequence: number): void
  /** The oldest message, where its acknowledgement is overdue: to be sent again. */
  overdue(): Uint8Array | null
  /** Everything that may not have arrived, in order: after a broken line. */
  unacknowledged(): readonly Uint8Array[]
  readonly size: number
  /** How long the oldest has been under way on this line. */
  waitedMs(): number
}

interface Kept {
  readonly bytes: Uint8Array
  firstSentAt: number
  sentAt: number
  again: boolean
}

export function createOutbox(now: () => number): Outbox {
  const kept = new Map<number, Kept>()
  let next = 0
  let roundTrip = FIRST_ROUND_TRIP
  let variation = 0
  let timeout = FIRST_TIMEOUT

  function measure(took: number): void {
    variation = 0.75 * variation + 0.25 * Math.abs(roundTrip - took)
    roundTrip = 0.875 * roundTrip + 0.125 * took
    timeout = Math.min(LONGEST_TIMEOUT, roundTrip + Math.max(CLOCK_GRANULARITY, 4 * variation))
  }

  return {
    add(payloadType, payload) {
      const bytes = encode(newMessage({ type: 'input_stream_data', sequence: next, payloadType, payload }), now())
      kept.set(next, { bytes, firstSentAt: now(), sentAt: now(), again: false })
      next += 1
      return bytes
    },
    acknowledged(sequence) {
      const message = kept.get(sequence)
      // Whose answer that is nobody knows where it was sent twice.
      if (message?.again === false) measure(now() - message.sentAt)
      kept.delete(sequence)
    },
    overdue() {
      const oldest = kept.values().next().value
      if (oldest === undefined || now() - oldest.sentAt <= timeout) return null
      oldest.sentAt = now()
      oldest.again = true
      return oldest.bytes
    },
    unacknowledged() {
      for (const message of kept.values()) {
        message.firstSentAt = now()
        message.sentAt = now()
        message.again = true
      }
      return [...kept.values()].map(({ bytes }) => bytes)
    },
    waitedMs: () => now() - (kept.values().next().value?.firstSentAt ?? now()),
    get size() {
      return kept.size
    },
  }
}
