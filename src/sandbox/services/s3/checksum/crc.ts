import { crc32 } from 'node:zlib'

/** A running checksum: bytes in, big-endian bytes out. */
export interface Running {
  update(piece: Uint8Array): void
  digest(): Buffer
}

export function runningCrc32(): Running {
  let value = 0
  return {
    update: (piece) => {
      value = crc32(piece, value)
    },
    digest: () => uint32(value),
  }
}

const CRC32C = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value >>> 0
})

export function runningCrc32c(): Running {
  let value = 0xffffffff
  return {
    update: (piece) => {
      let crc = value
      for (let at = 0; at < piece.length; at++) crc = (CRC32C[(crc ^ (piece[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
      value = crc
    },
    digest: () => uint32((value ^ 0xffffffff) >>> 0),
  }
}

/** CRC-64/NVME, reflected polynomial 0x9a6c9329ac4bc9b5, in two halves: BigInt would be a hundred times slower. */
const LOW = new Uint32Array(256)
const HIGH = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let low = byte
  let high = 0
  for (let bit = 0; bit < 8; bit++) {
    const odd = low & 1
    low = (low >>> 1) | ((high & 1) << 31)
    high >>>= 1
    if (odd) {
      low ^= 0xac4bc9b5
      high ^= 0x9a6c9329
    }
  }
  LOW[byte] = low
  HIGH[byte] = high
}

export function runningCrc64Nvme(): Running {
  let low = 0xffffffff
  let high = 0xffffffff
  return {
    update: (piece) => {
      for (let at = 0; at < piece.length; at++) {
        const entry = (low ^ (piece[at] ?? 0)) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (LOW[entry] ?? 0)
        high = (high >>> 8) ^ (HIGH[entry] ?? 0)
      }
    },
    digest: () => Buffer.concat([uint32(~high >>> 0), uint32(~low >>> 0)]),
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
