import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combineChecksums } from '../../../../src/sandbox/services/s3/checksum/combine.ts'
import { ALGORITHMS, runningChecksum } from '../../../../src/sandbox/services/s3/checksum/running.ts'
import type { ChecksumAlgorithm } from '../../../../src/sandbox/services/s3/store/records.ts'

function checksum(algorithm: ChecksumAlgorithm, ...pieces: readonly Uint8Array[]): string {
  const running = runningChecksum(algorithm)
  for (const piece of pieces) running.update(piece)
  return running.digest().toString('base64')
}

/** The check values of the catalogue of CRCs for `123456789`: https://reveng.sourceforge.io/crc-catalogue/all.htm. */
it.each([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
] as const)('computes %s', (algorithm, hex) => {
  expect(checksum(algorithm, Buffer.from('123456789'))).toBe(Buffer.from(hex, 'hex').toString('base64'))
})

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const combines = algorithm.startsWith('crc')

  it('does not mind how the content is cut, and joins where it can', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
        const whole = checksum(algorithm, Buffer.concat([a, b]))
        expect(checksum(algorithm, a, b)).toBe(whole)
        const joined = combineChecksums(algorithm, checksum(algorithm, a), checksum(algorithm, b), b.length)
        expect(joined).toBe(combines ? whole : undefined)
      }),
    )
  })
})
