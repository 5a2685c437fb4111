import { encodeMessage } from './message.ts'

/** How long an acknowledgement may take, and how often the oldest message is looked at (agent/session/config/config.go). */
const RESEND_MS = 200
const LOOK_MS = 100
/** The agent waits so long for the last acknowledgements before it closes (PrepareToCloseChannel). */
const LAST_MS = 2_000
/** Unacknowledged messages beyond which the terminal is read no further; the agent would hold 100,000. */
const WINDOW = 500

/** The agent's numbered messages: kept until the client has acknowledged them, sent again where that takes too long. */
export function createSending(now: () => number) {
  const unacknowledged = new Map<number, { readonly bytes: Buffer; sentAt: number }>()
  let next = 0
  let line: ((bytes: Buffer) => void) | null = null
  const waiting: (() => void)[] = []
  const settled = () => new Promise<void>((resolve) => waiting.push(resolve))
  const changed = () => waiting.splice(0).forEach((wake) => wake())
  const state = { ended: false }
  const timer = setInterval(() => {
    const oldest = unacknowledged.values().next().value
    if (line === null || oldest === undefined || now() - oldest.sentAt < RESEND_MS) return
    oldest.sentAt = now()
    line(oldest.bytes)
  }, LOOK_MS)
  timer.unref()

  return {
    async send(payloadType: number, payload: Uint8Array): Promise<void> {
      while (unacknowledged.size >= WINDOW && !state.ended) await settled()
      // SYN stands on the first message (SendStreamDataMessage).
      const message = { type: 'output_stream_data', sequence: next, flags: next === 0 ? 1 : 0, payloadType, payload }
      const bytes = encodeMessage(message, now())
      unacknowledged.set(next, { bytes, sentAt: now() })
      next += 1
      line?.(bytes)
    },
    acknowledged(sequence: number): void {
      unacknowledged.delete(sequence)
      changed()
    },
    /** A client is there (again): what it may have missed comes first. Null: there is none. */
    use(to: ((bytes: Buffer) => void) | null): void {
      line = to
      if (to === null) return
      for (const message of unacknowledged.values()) {
        message.sentAt = now()
        to(message.bytes)
      }
    },
    async drained(): Promise<void> {
      const late = setTimeout(() => {
        state.ended = true
        changed()
      }, LAST_MS)
      while (unacknowledged.size > 0 && !state.ended) await settled()
      clearTimeout(late)
    },
    close(): void {
      state.ended = true
      clearInterval(timer)
      changed()
    },
  }
}
