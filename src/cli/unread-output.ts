import type { EventSink } from '../ports/event-sink.ts'

/**
 * Says so once when whoever read a job's output has gone away (`| head`). The job goes on: output that nobody reads must not
 * end a program that somebody pays for, and the whole log is saved in any case. Ctrl-C ends it.
 */
export function warnWhenUnread(events: EventSink): void {
  process.stdout.once('error', () => {
    events.emit('warning', {
      message: 'nobody reads the output any more: the job goes on, and its whole log will be among the results',
      hint: null,
    })
  })
}
