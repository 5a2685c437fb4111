import { encodeMessage } from './message.ts'
import type { ChannelMessage } from './message.ts'

/** AWS's agent holds so many messages that came too early (agent/session/config/config.go). */
const EARLY = 100_000

/**
 * The client's numbered messages, in order and each once, as handleStreamDataMessage of the agent does: one that is expected is acknowledged when it has
 * been handled, one that came early at once, one that was there before again.
 */
export function createReceiving(
  handle: (message: ChannelMessage) => Promise<void>,
  acknowledge: (message: ChannelMessage) => void,
) {
  const early = new Map<number, ChannelMessage>()
  let expected = 0
  let busy = Promise.resolve()

  async function receive(message: ChannelMessage): Promise<void> {
    if (message.sequence < expected) return acknowledge(message)
    if (message.sequence > expected) {
      if (early.size >= EARLY) return
      early.set(message.sequence, message)
      return acknowledge(message)
    }
    await handle(message)
    acknowledge(message)
    expected += 1
    for (let next = early.get(expected); next !== undefined; next = early.get(expected)) {
      early.delete(expected)
      await handle(next)
      expected += 1
    }
  }
  return (message: ChannelMessage): void => {
    busy = busy.then(() => receive(message))
  }
}

/** AcknowledgeContent of agent/session/contracts/model.go; sequence 0, SYN and FIN as sendAgentMessage has it. */
export function acknowledgement({ type, id, sequence }: ChannelMessage, now: number): Buffer {
  const content = {
    AcknowledgedMessageType: type,
    AcknowledgedMessageId: id,
    AcknowledgedMessageSequenceNumber: sequence,
    IsSequentialMessage: true,
  }
  const payload = Buffer.from(JSON.stringify(content))
  return encodeMessage({ type: 'acknowledge', sequence: 0, flags: 3, payloadType: 0, payload }, now)
}
