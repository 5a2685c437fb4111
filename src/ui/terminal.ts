/** What the renderers need of stdout and stderr: real streams are such, and tests make their own. */
export interface Terminal {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
  write(data: Uint8Array | string): boolean
  on(event: 'resize' | 'error' | 'drain' | 'close', listener: () => void): unknown
  off(event: 'resize' | 'error' | 'drain' | 'close', listener: () => void): unknown
}

/** A stream whose reader has gone away must not stop a teardown: every failure to write is passed over. */
export function writeQuietly(terminal: Terminal, data: Uint8Array | string): boolean {
  try {
    return terminal.write(data)
  } catch {
    return true
  }
}

const guarded = new WeakSet<Terminal>()

/** Without a listener an EPIPE would end the process. Stays for good: the error may come after the last write. */
export function neverFail(terminal: Terminal): void {
  if (guarded.has(terminal)) return
  guarded.add(terminal)
  terminal.on('error', () => undefined)
}

/** Writes and resolves when more may be written: at once, or when a slow reader has caught up or gone away. */
export async function writePatiently(terminal: Terminal, data: Uint8Array): Promise<void> {
  if (writeQuietly(terminal, data)) return
  await new Promise<void>((resolve) => {
    const events = ['drain', 'error', 'close'] as const
    const finish = () => {
      for (const event of events) terminal.off(event, finish)
      resolve()
    }
    for (const event of events) terminal.on(event, finish)
  })
}
