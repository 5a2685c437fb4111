import { sleep } from '../../src/kit/sleep.ts'

/** Asks again and again until it is so; fails naming what was waited for after the deadline in milliseconds. */
export async function until(what: string, isSo: () => Promise<boolean>, deadlineMs = 60_000): Promise<void> {
  const end = Date.now() + deadlineMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`after ${deadlineMs / 1000} s still waiting until ${what}`)
    await sleep(50)
  }
}
