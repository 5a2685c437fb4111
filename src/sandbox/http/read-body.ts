import { AwsError } from '../aws-error.ts'

/** Reads a body whole; throws where it is longer than `most` bytes. */
export async function readBody(sent: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of sent) {
    length += piece.length
    if (length > most) throw new AwsError('RequestEntityTooLarge', `The request body is longer than ${most} bytes`, 413)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
