import { createHash, randomUUID } from 'node:crypto'

/**
 * The messages of a data channel as they are on the wire: a header of 116 bytes, big-endian, then the payload's length and the payload
 * (amazon-ssm-agent 1c217c8, agent/session/contracts/agentmessage.go; the offsets are its constants).
 */
export interface ChannelMessage {
  readonly type: string
  readonly createdAt: number
  readonly sequence: number
  readonly flags: number
  readonly id: string
  readonly payloadType: number
  readonly payload: Uint8Array
}

export const PAYLOAD = { none: 0, output: 1, size: 3 } as const

const HEADER = 116
const AT = { type: 4, schema: 36, created: 40, sequence: 48, flags: 56, id: 64, digest: 80, payloadType: 112 } as const

export function encodeMessage(message: Omit<ChannelMessage, 'id' | 'createdAt'>, now: number): Buffer {
  const { payload } = message
  const bytes = Buffer.alloc(HEADER + 4 + payload.length)
  bytes.writeUInt32BE(HEADER, 0)
  bytes.write(message.type.padEnd(32, ' '), AT.type, 'latin1')
  bytes.writeUInt32BE(1, AT.schema)
  bytes.writeBigUInt64BE(BigInt(now), AT.created)
  bytes.writeBigInt64BE(BigInt(message.sequence), AT.sequence)
  bytes.writeBigUInt64BE(BigInt(message.flags), AT.flags)
  const id = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
  // The lower half of the id comes first (putUuid).
  id.copy(bytes, AT.id, 8, 16)
  id.copy(bytes, AT.id + 8, 0, 8)
  createHash('sha256').update(payload).digest().copy(bytes, AT.digest)
  bytes.writeUInt32BE(message.payloadType, AT.payloadType)
  bytes.writeUInt32BE(payload.length, HEADER)
  bytes.set(payload, HEADER + 4)
  return bytes
}

/** What Validate of the agent and of the plugin demand. Throws where the bytes are no such message. */
export function decodeMessage(bytes: Buffer): ChannelMessage {
  if (bytes.length < HEADER + 4) throw new Error(`a message has at least ${HEADER + 4} bytes, not ${bytes.length}`)
  const headerLength = bytes.readUInt32BE(0)
  if (headerLength !== HEADER) throw new Error(`the header's length is ${headerLength}`)
  const payload = bytes.subarray(HEADER + 4)
  if (payload.length !== bytes.readUInt32BE(HEADER)) throw new Error("the payload's length is wrong")
  const digest = createHash('sha256').update(payload).digest()
  if (payload.length > 0 && !digest.equals(bytes.subarray(AT.digest, AT.digest + 32)))
    throw new Error('payload Hash is not valid')
  const type = bytes.toString('latin1', AT.type, AT.schema).replaceAll('\0', '').trim()
  const createdAt = Number(bytes.readBigUInt64BE(AT.created))
  if (type === '') throw new Error('MessageType is missing')
  if (createdAt === 0) throw new Error('CreatedDate is missing')
  const hex = Buffer.concat([bytes.subarray(AT.id + 8, AT.id + 16), bytes.subarray(AT.id, AT.id + 8)]).toString('hex')
  return {
    type,
    createdAt,
    sequence: Number(bytes.readBigInt64BE(AT.sequence)),
    flags: Number(bytes.readBigUInt64BE(AT.flags)),
    id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    payloadType: bytes.readUInt32BE(AT.payloadType),
    payload,
  }
}
