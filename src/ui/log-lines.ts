import type { JobOutput } from './job-output.ts'

/**
 * Puts the time and the source before every line of a log that comes in pieces from several sources: only whole lines
 * are let through, so that no two of them mix. Bytes stay as they are, whatever their encoding.
 */
export interface LogLines {
  /** What can be shown now; may be empty. */
  push(chunk: JobOutput): Uint8Array
  /** What was still waiting for the end of its line. */
  end(): Uint8Array
}

export interface LogPrefix {
  readonly timestamps: boolean
  readonly source: boolean
}

/** A line may not hold more back than this; a longer one is let through in parts, without another prefix. */
const MOST_HELD = 64 * 1024
const NEWLINE = 0x0a

interface Waiting {
  readonly held: Buffer[]
  size: number
  prefix: Buffer
  /** The part of this line that is out already has no line break at its end. */
  isOpen: boolean
}

export function createLogLines(prefix: LogPrefix): LogLines {
  const streams = new Map<string, Waiting>()
  /** The stream whose line stands open at the end of what was let through. */
  let open: Waiting | null = null

  function letThrough(waiting: Waiting, bytes: readonly Uint8Array[], out: Uint8Array[]): void {
    if (open !== null && open !== waiting) {
      out.push(Buffer.from('\n'))
      open.isOpen = false
    }
    if (!waiting.isOpen) out.push(waiting.prefix)
    out.push(...waiting.held, ...bytes)
    waiting.held.length = 0
    waiting.size = 0
    const last = out.at(-1)!
    waiting.isOpen = last.at(-1) !== NEWLINE
    open = waiting.isOpen ? waiting : null
  }

  return {
    push(chunk) {
      const key = `${chunk.source}/${chunk.stream}`
      const waiting = streams.get(key) ?? { held: [], size: 0, prefix: Buffer.alloc(0), isOpen: false }
      streams.set(key, waiting)
      const out: Uint8Array[] = []
      let from = 0
      for (;;) {
        const end = chunk.bytes.indexOf(NEWLINE, from)
        if (waiting.size === 0 && !waiting.isOpen) waiting.prefix = prefixOf(chunk, prefix)
        if (end === -1) break
        letThrough(waiting, [chunk.bytes.subarray(from, end + 1)], out)
        from = end + 1
      }
      const rest = chunk.bytes.subarray(from)
      if (rest.length > 0) {
        // A copy: the caller may use its buffer again.
        waiting.held.push(Buffer.from(rest))
        waiting.size += rest.length
        if (waiting.size > MOST_HELD) letThrough(waiting, [], out)
      }
      return Buffer.concat(out)
    },
    end() {
      const out: Uint8Array[] = []
      for (const waiting of streams.values()) if (waiting.size > 0) letThrough(waiting, [], out)
      return Buffer.concat(out)
    },
  }
}

function prefixOf({ source, sentAt }: JobOutput, prefix: LogPrefix): Buffer {
  const parts = [prefix.timestamps ? new Date(sentAt).toISOString() : '', prefix.source ? `${source}:` : '']
  return Buffer.from(
    parts
      .filter((part) => part !== '')
      .map((part) => `${part} `)
      .join(''),
  )
}
