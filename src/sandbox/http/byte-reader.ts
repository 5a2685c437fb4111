import { AwsError } from '../aws-error.ts'

/** Reads lines and counted bytes from a stream without copying what it passes on. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The next line without its end (LF or CRLF); undefined where the stream has ended. Throws where it is longer than `most` bytes. */
  async line(most: number): Promise<string | undefined> {
    let text = ''
    for (;;) {
      const end = this.#held.indexOf(0x0a)
      const piece = end < 0 ? this.#held : this.#held.subarray(0, end)
      text += Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1')
      if (text.length > most) throw new AwsError('IncompleteBody', 'The request body is not framed as it says')
      this.#held = end < 0 ? new Uint8Array(0) : this.#held.subarray(end + 1)
      if (end >= 0) return text.endsWith('\r') ? text.slice(0, -1) : text
      if (!(await this.#more())) return text === '' ? undefined : text
    }
  }

  /** The next `count` bytes, in pieces. Throws where the stream ends before. */
  async *take(count: number): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      if (this.#held.length === 0 && !(await this.#more()))
        throw new AwsError('IncompleteBody', 'The request body terminated unexpectedly')
      const piece = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(piece.length)
      left -= piece.length
      if (piece.length > 0) yield piece
    }
  }

  /** Reads to the end, so that the connection can carry the next request. */
  async drain(): Promise<void> {
    while (await this.#more()) this.#held = new Uint8Array(0)
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next()
    if (next.done === true) return false
    this.#held = next.value
    return true
  }
}
