import type { JobRecord } from '../../core/job/record.ts'
import { cancelJob } from '../job/cancel.ts'
import type { Services } from '../services.ts'

type Answer = 'cancel' | 'detach' | 'go-on'

export interface JobInterrupts {
  /** For `followJob`: deals with a press since the last round. */
  pause(): Promise<'go-on' | 'leave'>
  /** True once the user chose to leave the job running. */
  readonly detached: () => boolean
  release(): void
}

/**
 * While a job runs the first press of ctrl-C asks what to do with it. Where nobody can answer, an interrupt cancels (no money is
 * left running) and a hang-up leaves the job alone (the terminal went away, not the wish).
 */
export function interceptForJob(record: JobRecord, services: Services): JobInterrupts {
  const { interrupts, prompter } = services
  let pressed: 'interrupt' | 'hangup' | null = null
  let detached = false
  const release = interrupts.intercept((cause) => {
    pressed = cause
  })
  const ask = async (cause: 'interrupt' | 'hangup'): Promise<Answer> => {
    if (cause === 'hangup') return 'detach'
    return prompter.choose<Answer>(
      `job ${record.id} is running. What shall happen to it?`,
      [
        { value: 'cancel', label: 'cancel it and take the fleet down' },
        { value: 'detach', label: 'leave it and its fleet running' },
        { value: 'go-on', label: 'go on watching' },
      ],
      'cancel',
    )
  }
  return {
    pause: async () => {
      if (pressed === null) return 'go-on'
      const cause = pressed
      pressed = null
      const answer = await ask(cause)
      if (answer === 'cancel') await cancelJob(record, services)
      detached = answer === 'detach'
      return detached ? 'leave' : 'go-on'
    },
    detached: () => detached,
    release,
  }
}
