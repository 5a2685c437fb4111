import type { EventSink } from '../ports/event-sink.ts'

/** True where whoever read it went away (`| head`, a terminal that was closed): no failure of ours. */
export function isReaderGone(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EPIPE' || code === 'EIO'
}

/**
 * Says so once when a job's output has nowhere to go any more: its reader went away, or the disk is full. The job goes on: output that
 * nobody reads must not end a program that somebody pays for, and the whole log is saved in any case. Ctrl-C ends it.
 */
export function warnWhenUnread(events: EventSink): void {
  process.stdout.once('error', (error) => {
    const what = isReaderGone(error)
      ? 'nobody reads the output any more'
      : `the output cannot be written: ${error.message}`
    events.emit('warning', {
      message: `${what}: the job goes on, and its whole log will be among the results`,
      hint: null,
    })
  })
}
