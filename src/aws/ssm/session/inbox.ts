import { encode, newMessage, type Message } from './message.ts'

/** The most that is held of what came too early (session-manager-plugin, config.go, IncomingMessageBufferCapacity). */
const EARLY = 10_000

/** Numbered messages of the other side as they come: lost, twice, out of order. */
export interface Inbox {
  /**
   * What is to be handled now, in order; and whether to acknowledge it. What was handled before is acknowledged again, because the other side sends it until
   * an acknowledgement arrives; what cannot be held is not, so that it comes again.
   */
  accept(message: Message): { readonly ready: readonly Message[]; readonly acknowledge: boolean }
}

export function createInbox(): Inbox {
  const early = new Map<number, Message>()
  let expected = 0
  return {
    accept(message) {
      const { sequence } = message
      if (sequence < expected) return { ready: [], acknowledge: true }
      if (sequence > expected) {
        if (early.size >= EARLY) return { ready: [], acknowledge: false }
        early.set(sequence, message)
        return { ready: [], acknowledge: true }
      }
      const ready = [message]
      for (let next = early.get(expected + 1); next !== undefined; next = early.get(expected + 1)) {
        expected += 1
        early.delete(expected)
        ready.push(next)
      }
      expected += 1
      return { ready, acknowledge: true }
    },
  }
}

/** AcknowledgeContent of clientmessage.go; sequence number 0 and both flags, as SerializeClientMessageWithAcknowledgeContent has them. */
export function acknowledgement({ type, id, sequence }: Message, now: number): Uint8Array {
  const content = {
    AcknowledgedMessageType: type,
    AcknowledgedMessageId: id,
    AcknowledgedMessageSequenceNumber: sequence,
    IsSequentialMessage: true,
  }
  const payload = Buffer.from(JSON.stringify(content))
  return encode(newMessage({ type: 'acknowledge', sequence: 0, flags: 3, payloadType: 0, payload }), now)
}
