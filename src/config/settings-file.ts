import { check } from './check.ts'
import { fleetConflicts, fleetSpec } from './fleet-spec.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { parseYaml, type Path } from './parse-yaml.ts'
import { problemOf, type Problem } from './problem.ts'
import { readText } from './read-text.ts'
import { musterFile } from './schema/muster-file.ts'
import { shownPath } from './shown-path.ts'

/** One muster.yaml: what it says, where it says it, and what is wrong with it. */
export interface SettingsFile {
  readonly values: {
    readonly cloud: 'sandbox' | 'aws' | undefined
    readonly region: string | undefined
    readonly profile: string | undefined
    readonly defaultFleet: string | undefined
  }
  readonly fleets: readonly FleetSpec[]
  /** `muster.yaml:3:9` */
  readonly where: (path: Path) => string
  readonly problems: readonly Problem[]
}

/** Reads one settings file; null has no file, which is as good as an empty one. */
export async function readSettingsFile(path: string | null, cwd: string): Promise<SettingsFile> {
  if (path === null) return empty([])
  const shown = shownPath(path, cwd)
  const file = await readText(path)
  if (file.kind === 'missing') return empty([])
  if (file.kind === 'unfit') return empty([problemOf(shown, file.why)])
  return parseSettings(file.text, shown)
}

/** The pure half: text in, values and problems out. */
export function parseSettings(text: string, shown: string): SettingsFile {
  const yaml = parseYaml(text, shown)
  const checked = check(yaml, musterFile)
  const problems = [...checked.problems, ...fleetConflicts(yaml, checked)]
  if (checked.value === null) return empty(problems)
  const { cloud, region, profile, defaultFleet, fleets } = checked.value
  return {
    values: { cloud, region, profile, defaultFleet },
    fleets: Object.entries(fleets ?? {}).map(([name, fields]) => fleetSpec(name, fields)),
    where: (at) => {
      const { line, column } = yaml.at(at)
      return `${shown}:${line}:${column}`
    },
    problems,
  }
}

function empty(problems: readonly Problem[]): SettingsFile {
  const values = { cloud: undefined, region: undefined, profile: undefined, defaultFleet: undefined }
  return { values, fleets: [], where: () => '', problems }
}
