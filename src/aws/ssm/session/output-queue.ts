/** What has come and has not been read yet. */
export interface OutputQueue extends AsyncIterable<Uint8Array> {
  push(bytes: Uint8Array): void
  /** No more comes: the reader ends, or throws, when it has read what is there. */
  end(failure: Error | null): void
}

/** Beyond so many pieces the line is read no further. */
const FULL = 256

export function createOutputQueue(on: { readonly full: () => void; readonly empty: () => void }): OutputQueue {
  const pieces: Uint8Array[] = []
  const state = { ended: false, full: false, failure: null as Error | null }
  let wake: (() => void) | null = null
  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = pieces.shift()
      if (piece !== undefined) yield piece
      else if (state.failure !== null) throw state.failure
      else if (state.ended) return
      else {
        if (state.full) on.empty()
        state.full = false
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
  const reader = read()
  return {
    push(bytes) {
      pieces.push(bytes)
      wake?.()
      if (state.full || pieces.length < FULL) return
      state.full = true
      on.full()
    },
    end(failure) {
      if (state.ended) return
      state.ended = true
      state.failure = failure
      wake?.()
    },
    [Symbol.asyncIterator]: () => reader,
  }
}
