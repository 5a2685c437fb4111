import { dirname, resolve } from 'node:path'
import { check } from './check.ts'
import { cronProblems } from './cron-problems.ts'
import { fleetConflicts, fleetSpec, limitsOf } from './fleet-spec.ts'
import type { Limits } from '../core/fleet/limits.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { parseYaml, type Path } from './parse-yaml.ts'
import { problemOf, type Problem } from './problem.ts'
import { readText, type TextFile } from './read-text.ts'
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
  /** Null where the file says nothing of them. */
  readonly limits: Limits | null
  /** `muster.yaml:3:9` */
  readonly where: (path: Path) => string
  /** The keys that the file has of a fleet. */
  readonly keysOf: (fleet: string) => readonly string[]
  readonly problems: readonly Problem[]
  /** Fleets whose `userData` is in a file of its own: its path as it is written, by the fleet's name. */
  readonly userDataFiles: ReadonlyMap<string, string>
}

/** Reads one settings file; null has no file, which is as good as an empty one. */
export async function readSettingsFile(path: string | null, cwd: string): Promise<SettingsFile> {
  if (path === null) return empty([])
  const shown = shownPath(path, cwd)
  const file = await readText(path)
  if (file.kind === 'missing') return empty([])
  if (file.kind === 'unfit') return empty([problemOf(shown, file.why)])
  return withSchedulesChecked(await withUserDataFiles(parseSettings(file.text, shown), dirname(path)))
}

/** The pure half: text in, values and problems out. */
export function parseSettings(text: string, shown: string): SettingsFile {
  const yaml = parseYaml(text, shown)
  const checked = check(yaml, musterFile)
  const problems = [...checked.problems, ...fleetConflicts(yaml, checked)]
  if (checked.value === null) return empty(problems)
  const { cloud, region, profile, defaultFleet, fleets, limits } = checked.value
  return {
    values: { cloud, region, profile, defaultFleet },
    fleets: Object.entries(fleets ?? {}).map(([name, fields]) => fleetSpec(name, fields)),
    limits: limits === undefined ? null : limitsOf(limits),
    where: (at) => {
      const { line, column } = yaml.at(at)
      return `${shown}:${line}:${column}`
    },
    problems,
    keysOf: (fleet) => Object.keys(checked.value?.fleets?.[fleet] ?? {}),
    userDataFiles: new Map(
      Object.entries(fleets ?? {}).flatMap(([name, { userData }]) =>
        typeof userData === 'object' ? [[name, userData.file] as const] : [],
      ),
    ),
  }
}

/** Puts the scripts that `userData: {file: ...}` names into their fleets; paths are relative to the file that names them. */
async function withUserDataFiles(settings: SettingsFile, folder: string): Promise<SettingsFile> {
  const problems: Problem[] = []
  const texts = new Map<string, string>()
  for (const [fleet, file] of settings.userDataFiles) {
    const read = await readText(resolve(folder, file))
    const where = settings.where(['fleets', fleet, 'userData', 'file'])
    if (read.kind === 'text' && read.text.trim() !== '') texts.set(fleet, read.text)
    else problems.push(problemOf(where, `userData of fleet ${fleet}: ${file} ${WHY[read.kind](read)}`))
  }
  const fleets = settings.fleets.map((fleet) => ({ ...fleet, userData: texts.get(fleet.name) ?? fleet.userData }))
  return { ...settings, fleets, problems: [...settings.problems, ...problems] }
}

async function withSchedulesChecked(settings: SettingsFile): Promise<SettingsFile> {
  return { ...settings, problems: [...settings.problems, ...(await cronProblems(settings.fleets, settings.where))] }
}

const WHY = {
  text: () => 'is empty',
  missing: () => 'does not exist',
  unfit: (file: TextFile) => (file.kind === 'unfit' ? file.why : ''),
} as const satisfies Record<TextFile['kind'], (file: TextFile) => string>

function empty(problems: readonly Problem[]): SettingsFile {
  const values = { cloud: undefined, region: undefined, profile: undefined, defaultFleet: undefined }
  return { values, fleets: [], limits: null, where: () => '', keysOf: () => [], problems, userDataFiles: new Map() }
}
