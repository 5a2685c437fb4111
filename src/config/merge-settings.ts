import { NO_LIMITS, type Limits } from '../core/fleet/limits.ts'
import type { FleetSpec } from '../core/fleet/spec.ts'
import { nearest } from '../kit/nearest.ts'
import { problemOf, type Problem } from './problem.ts'
import * as fields from './schema/fields.ts'
import { BUILT_IN, BUILT_IN_FLEET, BUILT_IN_REGION, type Settings, type SettingsRequest } from './settings.ts'
import type { SettingsFile } from './settings-file.ts'
import { showValue } from './show-value.ts'

/** One value that a source gives, with the name of the source. */
interface Given {
  readonly value: string
  readonly from: string
}

export interface Merged {
  readonly settings: Omit<Settings, 'projectFolder'>
  /** What is wrong with flags and variables, and with names that point nowhere. */
  readonly problems: readonly Problem[]
}

type Key = 'cloud' | 'region' | 'profile' | 'defaultFleet'

/** flag > variable > project file > user file > built-in default, value by value; fleets as wholes, by name. Pure. */
export function mergeSettings(request: SettingsRequest, project: SettingsFile, user: SettingsFile): Merged {
  const { env, flags } = request
  const problems: Problem[] = []
  const origin: Record<string, string> = {}

  const pick = (key: Key, above: readonly (Given | null)[], fallback: Given | null): string | null => {
    const given = [...above, fromFile(project, key), fromFile(user, key), fallback].find((one) => one !== null) ?? null
    if (given === null) return null
    const result = SCHEMAS[key].safeParse(given.value)
    if (!result.success)
      problems.push(
        problemOf(given.from, `${showValue(given.value)} is not right; it ${result.error.issues[0]!.message}`),
      )
    origin[key] = given.from
    return given.value
  }

  const cloud = pick('cloud', [flag('--cloud', flags.cloud), variable(env, 'MUSTER_CLOUD')], builtIn('sandbox'))
  const isAws = cloud === 'aws'
  const awsVariable = (name: string) => (isAws ? variable(env, name) : null)
  const region = pick(
    'region',
    [
      flag('--region', flags.region),
      variable(env, 'MUSTER_REGION'),
      awsVariable('AWS_REGION'),
      awsVariable('AWS_DEFAULT_REGION'),
    ],
    isAws ? null : builtIn(BUILT_IN_REGION),
  )
  const profile = pick(
    'profile',
    [flag('--profile', flags.profile), variable(env, 'MUSTER_PROFILE'), awsVariable('AWS_PROFILE')],
    null,
  )
  const fleets = mergeFleets(project, user, origin)
  const first = project.fleets[0] ?? null
  const defaultFleet = pick(
    'defaultFleet',
    [
      variable(env, 'MUSTER_FLEET'),
      fromFile(project, 'defaultFleet'),
      first && { value: first.name, from: origin[`fleets.${first.name}`]! },
    ],
    { value: Object.keys(fleets)[0]!, from: BUILT_IN },
  )!
  if (!Object.hasOwn(fleets, defaultFleet)) problems.push(noSuchFleet(origin['defaultFleet']!, defaultFleet, fleets))
  return {
    settings: {
      cloud: isAws ? 'aws' : 'sandbox',
      region,
      profile: isAws ? profile : null,
      fleets,
      limits: mergeLimits(project, user, origin),
      defaultFleet,
      origin,
    },
    problems,
  }
}

const SCHEMAS = { cloud: fields.cloud, region: fields.region, profile: fields.profile, defaultFleet: fields.fleetName }

function mergeFleets(
  project: SettingsFile,
  user: SettingsFile,
  origin: Record<string, string>,
): Record<string, FleetSpec> {
  const entries: [string, FleetSpec][] = []
  for (const file of [project, user]) {
    for (const fleet of file.fleets) {
      if (entries.some(([name]) => name === fleet.name)) continue
      entries.push([fleet.name, fleet])
      origin[`fleets.${fleet.name}`] = file.where(['fleets', fleet.name])
      for (const key of file.keysOf(fleet.name)) {
        origin[`fleets.${fleet.name}.${key}`] = file.where(['fleets', fleet.name, key])
      }
    }
  }
  if (entries.length > 0) return Object.fromEntries(entries)
  origin[`fleets.${BUILT_IN_FLEET.name}`] = BUILT_IN
  return { [BUILT_IN_FLEET.name]: BUILT_IN_FLEET }
}

/** As a whole, as fleets are. */
function mergeLimits(project: SettingsFile, user: SettingsFile, origin: Record<string, string>): Limits {
  const file = [project, user].find((one) => one.limits !== null)
  if (file) origin['limits'] = file.where(['limits'])
  return file?.limits ?? NO_LIMITS
}

function noSuchFleet(from: string, name: string, fleets: Readonly<Record<string, FleetSpec>>): Problem {
  const near = nearest(name, Object.keys(fleets), 1)[0]
  const hint = near === undefined ? `fleets are ${Object.keys(fleets).join(', ')}` : `did you mean "${near}"?`
  return problemOf(from, `default fleet ${showValue(name)} is not described under fleets; ${hint}`)
}

const builtIn = (value: string): Given => ({ value, from: BUILT_IN })

function flag(name: string, value: string | undefined): Given | null {
  return value === undefined ? null : { value, from: name }
}

/** An empty variable counts as one that is not set. */
function variable(env: SettingsRequest['env'], name: string): Given | null {
  const value = env[name]
  return value === undefined || value === '' ? null : { value, from: name }
}

function fromFile(file: SettingsFile, key: Key): Given | null {
  const value = file.values[key]
  return value === undefined ? null : { value, from: file.where([key]) }
}
