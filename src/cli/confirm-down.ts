import { observeFleet } from '../app/fleet/observe.ts'
import { runningJobs } from '../app/job/busy-nodes.ts'
import type { Services } from '../app/services.ts'
import { MusterError } from '../core/errors/muster-error.ts'

const CHOICES = [
  { value: 'yes', label: 'take it down' },
  { value: 'no', label: 'leave everything as it is' },
] as const

/** Asks once before all fleets of a cloud go that is not this machine. @throws MusterError Declined. */
export async function confirmAll(names: readonly string[], { prompter }: Services): Promise<void> {
  const question = `take down ${names.join(', ')} and all data on their storage?`
  if ((await prompter.choose(question, CHOICES, 'yes')) === 'no') throw declined()
}

/**
 * Asks before jobs are ended with their fleets, where somebody can answer; a script that takes a fleet down means it. What runs
 * cannot be read everywhere: then nothing is asked.
 *
 * @throws MusterError Declined.
 */
export async function confirmJobs(names: readonly string[], services: Services): Promise<void> {
  const { prompter } = services
  if (!prompter.interactive) return
  const running = await Promise.all(names.map((name) => jobsOf(name, services)))
  const jobs = running.flat()
  if (jobs.length === 0) return
  const question = `${jobs.join(', ')} ${jobs.length === 1 ? 'is' : 'are'} still running and would end. Take ${names.join(', ')} down?`
  if ((await prompter.choose(question, CHOICES, 'no')) === 'no') throw declined()
}

async function jobsOf(fleet: string, services: Services): Promise<string[]> {
  try {
    const { nodes } = await observeFleet(fleet, services, 'unasked')
    return (await runningJobs(fleet, nodes, services)).map(({ id }) => id)
  } catch {
    return []
  }
}

const declined = () => new MusterError('Declined', 'nothing was taken down')
