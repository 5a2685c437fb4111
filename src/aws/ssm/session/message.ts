import { createHash, randomUUID } from 'node:crypto'

/**
 * One message of Session Manager's data channel (amazon-ssm-agent 1c217c8, agent/session/contracts/agentmessage.go; session-manager-plugin 61cf128,
 * src/message/clientmessage.go), big-endian:
 *
 *     0 header length (116) | 4 type, 32 bytes padded with spaces | 36 schema version (1) | 40 created, ms | 48 sequence number
 *     56 flags: 1 first, 2 last | 64 message id, its lower half first | 80 SHA-256 of the payload | 112 payload type
 *     116 payload length | 120 payload
 */
export interface Message {
  readonly type: string
  readonly sequence: number
  readonly flags: number
  readonly id: string
  readonly payloadType: number
  readonly payload: Uint8Array
}

/** PayloadType of clientmessage.go. */
export const PAYLOAD = {
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  stderr: 11,
} as const

const HEADER_BYTES = 116
const LENGTH_BYTES = 4

export function newMessage(about: Omit<Message, 'id' | 'flags'> & { readonly flags?: number }): Message {
  return { flags: 0, ...about, id: randomUUID() }
}

export function encode({ type, sequence, flags, id, payloadType, payload }: Message, now: number): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES + LENGTH_BYTES + payload.length)
  bytes.writeUInt32BE(HEADER_BYTES, 0)
  bytes.fill(' ', 4, 36).write(type, 4, 'ascii')
  bytes.writeUInt32BE(1, 36)
  bytes.writeBigUInt64BE(BigInt(now), 40)
  bytes.writeBigInt64BE(BigInt(sequence), 48)
  bytes.writeBigUInt64BE(BigInt(flags), 56)
  const [upper, lower] = halves(id)
  bytes.write(lower, 64, 'hex')
  bytes.write(upper, 72, 'hex')
  bytes.set(sha256(payload), 80)
  bytes.writeUInt32BE(payloadType, 112)
  bytes.writeUInt32BE(payload.length, HEADER_BYTES)
  bytes.set(payload, HEADER_BYTES + LENGTH_BYTES)
  return bytes
}

/** Null for what is no whole message, or whose payload is not what its digest was made of: it comes again. */
export function decode(data: Uint8Array): Message | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  if (bytes.length < HEADER_BYTES + LENGTH_BYTES) return null
  // Later versions may put more into the header: the payload is found by its length, as the plugin finds it.
  const headerLength = bytes.readUInt32BE(0)
  if (headerLength < HEADER_BYTES || headerLength + LENGTH_BYTES > bytes.length) return null
  const payload = bytes.subarray(headerLength + LENGTH_BYTES)
  if (payload.length !== bytes.readUInt32BE(headerLength)) return null
  if (payload.length > 0 && !sha256(payload).equals(bytes.subarray(80, 112))) return null
  return {
    type: bytes.toString('ascii', 4, 36).replace(/[\0 ]+$/, ''),
    sequence: Number(bytes.readBigInt64BE(48)),
    flags: Number(bytes.readBigUInt64BE(56)),
    id: uuid(bytes.toString('hex', 72, 80) + bytes.toString('hex', 64, 72)),
    payloadType: bytes.readUInt32BE(112),
    payload,
  }
}

/** The payload as the JSON object that it is; an empty one where it is none. */
export function jsonOf({ payload }: Message): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function halves(id: string): readonly [upper: string, lower: string] {
  const hex = id.replaceAll('-', '')
  return [hex.slice(0, 16), hex.slice(16)]
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
