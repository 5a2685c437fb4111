import { parseCron } from '../kit/cron.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import type { Path } from './parse-yaml.ts'
import { problemOf, type Problem } from './problem.ts'
import { showValue } from './show-value.ts'

/** Cron expressions that cannot be read, or never fire. `where` names the place of a value in the file. */
export async function cronProblems(fleets: readonly FleetSpec[], where: (path: Path) => string): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const { name, scaling } of fleets) {
    for (const [nth, { cron, timeZone }] of scaling.schedules.entries()) {
      const why = await whyUnfit(cron, timeZone)
      if (why === null) continue
      const place = where(['fleets', name, 'scaling', 'schedules', nth, 'cron'])
      const text = `fleets.${name}.scaling.schedules[${nth}].cron is ${showValue(cron)}; it must be a cron expression of minute, hour, day of the month, month and weekday, such as 0 7 * * 1-5: ${why}`
      problems.push(problemOf(place, text))
    }
  }
  return problems
}

async function whyUnfit(cron: string, timeZone: string): Promise<string | null> {
  try {
    const firings = await parseCron(cron, timeZone)
    return firings.next(LONG_AGO) === null ? 'it never fires' : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Before anything that can be written: what never fires after it never fires. */
const LONG_AGO = Date.UTC(2000, 0, 1)
