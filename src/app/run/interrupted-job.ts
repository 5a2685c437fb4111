import type { JobRecord } from '../../core/job/record.ts'
import { judgeJob } from '../../core/job/judge.ts'
import { cancelJob } from '../job/cancel.ts'
import { readStates } from '../job/states.ts'
import type { Services } from '../services.ts'

type Answer = 'cancel' | 'detach' | 'go-on'

const CHOICES: readonly { readonly value: Answer; readonly label: string }[] = [
  { value: 'cancel', label: 'cancel it and take the fleet down' },
  { value: 'detach', label: 'leave it and its fleet running' },
  { value: 'go-on', label: 'go on watching' },
]

/** How often a job is looked at while the question stands, in milliseconds. */
const LOOK_MS = 1000

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
    const ended = new AbortController()
    const answered = new AbortController()
    if (prompter.interactive) void untilEnded(record, services, answered.signal).then(() => ended.abort(), Boolean)
    const question = `job ${record.id} is running. What shall happen to it?`
    const answer = await prompter.choose(question, CHOICES, 'cancel', ended.signal)
    answered.abort()
    // It has ended while the question stood: there is nothing left to cancel.
    return ended.signal.aborted ? 'go-on' : answer
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

/** A question that nobody answers must not keep a fleet up whose job has ended. */
async function untilEnded(record: JobRecord, { objects, clock }: Services, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(LOOK_MS, signal)
    const states = await readStates(record, objects).catch(() => null)
    if (states !== null && judgeJob({ states, lost: [] }).kind === 'ended') return
  }
}
