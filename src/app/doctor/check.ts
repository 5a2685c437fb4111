import { isMusterError } from '../../core/errors/muster-error.ts'
import type { Finding } from '../results/account.ts'
import type { Clock } from '../../ports/clock.ts'

/** One question of the doctor. It finds one thing or several, and has no effect on anything. */
export interface Check {
  readonly name: string
  run(): Promise<Finding | readonly Finding[]>
}

/** Longer nobody waits for one check; the others are not kept up by it. */
export const CHECK_MS = 30_000

/** Runs all side by side, each with a deadline of its own; one that throws, or does not answer, is a failing line. In the order given. */
export async function runChecks(checks: readonly Check[], clock: Clock): Promise<Finding[]> {
  return (await Promise.all(checks.map((check) => runCheck(check, clock)))).flat()
}

async function runCheck(check: Check, clock: Clock): Promise<readonly Finding[]> {
  const over = new AbortController()
  const late = clock.sleep(CHECK_MS, over.signal).then(
    () => fail(check.name, `no answer in ${CHECK_MS / 1000} s`, 'muster doctor'),
    () => [],
  )
  try {
    return [await Promise.race([attempt(check), late])].flat()
  } finally {
    over.abort()
  }
}

async function attempt(check: Check): Promise<Finding | readonly Finding[]> {
  try {
    return await check.run()
  } catch (error) {
    return thrown(check.name, error)
  }
}

/** What was thrown as a line, with its own first suggestion. */
export function thrown(check: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  return fail(check, message, isMusterError(error) ? (error.suggestions[0] ?? null) : null)
}

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message, fix: null })
export const warn = (check: string, message: string, fix: string | null): Finding => ({
  check,
  state: 'warn',
  message,
  fix,
})
export const fail = (check: string, message: string, fix: string | null): Finding => ({
  check,
  state: 'fail',
  message,
  fix,
})
