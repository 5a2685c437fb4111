import { createHash } from 'node:crypto'
import { exhaustive } from '../../../../kit/exhaustive.ts'
import type { ChecksumAlgorithm } from '../store/records.ts'
import { runningCrc32, runningCrc32c, runningCrc64Nvme, type Running } from './crc.ts'

export const ALGORITHMS: readonly ChecksumAlgorithm[] = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256']

export function runningChecksum(algorithm: ChecksumAlgorithm): Running {
  switch (algorithm) {
    case 'crc32':
      return runningCrc32()
    case 'crc32c':
      return runningCrc32c()
    case 'crc64nvme':
      return runningCrc64Nvme()
    case 'sha1':
    case 'sha256': {
      const hash = createHash(algorithm)
      return { update: (piece) => void hash.update(piece), digest: () => hash.digest() }
    }
    default:
      return exhaustive(algorithm)
  }
}

/** `CRC32C` as headers write it; undefined for what S3 does not have. */
export function algorithmNamed(name: string | undefined): ChecksumAlgorithm | undefined {
  return ALGORITHMS.find((algorithm) => algorithm === name?.toLowerCase())
}
