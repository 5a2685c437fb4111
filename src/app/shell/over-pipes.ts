import { frameReader, INPUT_END, inputLines, INTERRUPT } from '../../launch/remote/shell-frames.ts'
import type { ShellChannel } from '../../ports/remote-shell.ts'
import { endedEarly, leftBy, type ShellWork } from './shell-work.ts'

/**
 * A program on the node between this machine's pipes: stdin goes there byte by byte, stdout and stderr come back apart. Ctrl-C goes to the program, a second one
 * leaves.
 *
 * @throws MusterError ShellLost, Interrupted.
 */
export async function overPipes({ terminal, nodeName, nonce, open, active }: ShellWork): Promise<number> {
  const channel = await open(() => {})
  const over = new AbortController()
  const left = Promise.withResolvers<never>()
  let interrupted = false
  const release = terminal.onSignal((signal) => {
    if (signal !== 'SIGINT' || interrupted) return left.reject(leftBy(nodeName, signal))
    interrupted = true
    void channel.write(Buffer.from(INTERRUPT))
  })
  let feeding = Promise.resolve()
  try {
    return await Promise.race([work(), left.promise])
  } finally {
    over.abort()
    release()
    await Promise.all([channel.close(), feeding])
  }

  async function work(): Promise<number> {
    const read = frameReader(nonce)
    let noise = ''
    for await (const bytes of channel.output) {
      active()
      for (const frame of read(bytes)) {
        if (frame.type === 'exit') return frame.exitCode
        else if (frame.type === 'noise') noise += `${frame.text}\n`
        else if (frame.type === 'ready') feeding = feed(channel)
        else await terminal.write(frame.type, frame.bytes)
      }
    }
    throw endedEarly(nodeName, noise)
  }

  async function feed(to: ShellChannel): Promise<void> {
    try {
      for await (const bytes of terminal.input(over.signal)) {
        active()
        await to.write(Buffer.from(inputLines(bytes)))
      }
      await to.write(Buffer.from(INPUT_END))
    } catch (error) {
      if (!over.signal.aborted) left.reject(error)
    }
  }
}
