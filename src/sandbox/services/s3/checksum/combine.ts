import type { ChecksumAlgorithm } from '../store/records.ts'

/** Reflected polynomials and widths in bits of the checksums that can be put together from those of the parts. */
const POLYNOMIALS: Partial<Record<ChecksumAlgorithm, { readonly polynomial: bigint; readonly width: bigint }>> = {
  crc32: { polynomial: 0xedb88320n, width: 32n },
  crc32c: { polynomial: 0x82f63b78n, width: 32n },
  crc64nvme: { polynomial: 0x9a6c9329ac4bc9b5n, width: 64n },
}

/**
 * The checksum of two contents joined, from their checksums (base64) and the second's length in bytes: the first times
 * x^(8 * length) modulo the polynomial, plus the second. Undefined for SHA, where it cannot be done.
 */
export function combineChecksums(
  algorithm: ChecksumAlgorithm,
  first: string,
  second: string,
  secondLength: number,
): string | undefined {
  const shape = POLYNOMIALS[algorithm]
  if (shape === undefined) return undefined
  const { polynomial, width } = shape
  const one = 1n << (width - 1n)
  const times = (a: bigint, b: bigint): bigint => {
    let product = 0n
    let shifted = b
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if (a & bit) product ^= shifted
      shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n
    }
    return product
  }
  // x^8 in the reflected writing, squared along the bits of the length.
  let power = one
  let base = one >> 8n
  for (let left = secondLength; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = times(power, base)
    base = times(base, base)
  }
  const joined = times(power, toBigInt(first)) ^ toBigInt(second)
  return Buffer.from(joined.toString(16).padStart(Number(width / 4n), '0'), 'hex').toString('base64')
}

function toBigInt(base64: string): bigint {
  return BigInt(`0x${Buffer.from(base64, 'base64').toString('hex') || '0'}`)
}
