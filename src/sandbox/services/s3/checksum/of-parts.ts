import type { Checksum, PartRecord, UploadRecord } from '../store/records.ts'
import { combineChecksums } from './combine.ts'
import { runningChecksum } from './running.ts'

/**
 * The checksum of an object that came in parts: over the whole content (FULL_OBJECT, joined from the parts' CRCs), or over
 * the parts' checksums, with `-<parts>` behind it (COMPOSITE). Null where the upload named no algorithm.
 */
export function checksumOfParts(parts: readonly PartRecord[], upload: UploadRecord): Checksum | null {
  const algorithm = upload.checksumAlgorithm
  if (algorithm === null) return null
  const values = parts.map(({ checksum }) => (checksum?.algorithm === algorithm ? checksum.value : undefined))
  if (values.includes(undefined)) return null
  if (upload.checksumType === 'COMPOSITE') {
    const running = runningChecksum(algorithm)
    for (const value of values) running.update(Buffer.from(value ?? '', 'base64'))
    return { algorithm, value: `${running.digest().toString('base64')}-${parts.length}`, type: 'COMPOSITE' }
  }
  let joined = values[0] ?? ''
  for (const [index, part] of parts.entries())
    if (index > 0) joined = combineChecksums(algorithm, joined, values[index] ?? '', part.size) ?? joined
  return { algorithm, value: joined, type: 'FULL_OBJECT' }
}
