/** The most that one message carries (agent/session/config/config.go, StreamDataPayloadSize). */
const MOST = 1024

/**
 * Cuts what a terminal prints into payloads as the agent's writePump and processStdoutData do: the beginning of a UTF-8 character at the end of a piece
 * waits for the rest of it, and so does what cannot be a character. What waits when the terminal ends is lost, as it is there.
 */
export function textPieces() {
  let rest = Buffer.alloc(0)
  return function* (bytes: Uint8Array): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += MOST) {
      const piece = Buffer.concat([rest, bytes.subarray(at, at + MOST)])
      const end = wholeUpTo(piece)
      rest = piece.subarray(end)
      if (end > 0) yield piece.subarray(0, end)
    }
  }
}

/** Where the last three bytes hold something that is no whole character, the place where it begins. */
function wholeUpTo(bytes: Buffer): number {
  for (let at = Math.max(0, bytes.length - 3); at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const needed = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
    // A continuation: of a character that began before these three, or of one that was stepped over.
    if (needed === 0) continue
    if (byte >= 0xf8 || at + needed > bytes.length) return at
    at += needed - 1
  }
  return bytes.length
}
