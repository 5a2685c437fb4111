import { dirname } from 'node:path'
import { findProjectFile, findUserFile } from './find-project.ts'
import { mergeSettings } from './merge-settings.ts'
import { refuse } from './problem.ts'
import type { Settings, SettingsRequest } from './settings.ts'
import { readSettingsFile } from './settings-file.ts'

export { chooseFleet } from './choose-fleet.ts'
export type { Settings, SettingsFlags, SettingsRequest } from './settings.ts'

/**
 * The settings of this command: flag > MUSTER_CLOUD, MUSTER_REGION, MUSTER_PROFILE, MUSTER_FLEET (with cloud aws then
 * AWS_REGION, AWS_PROFILE) > the project's muster.yaml > the user's > built-in default. No file at all is fine.
 * Throws ConfigInvalid with every problem at once; UsageInvalid where only flags are wrong.
 */
export async function loadSettings(request: SettingsRequest): Promise<Settings> {
  const { cwd, env } = request
  const projectFile = await findProjectFile(cwd)
  const project = await readSettingsFile(projectFile, cwd)
  const user = await readSettingsFile(await findUserFile(env), cwd)
  const { settings, problems } = mergeSettings(request, project, user)
  const inFiles = [...user.problems, ...project.problems]
  // What a broken file would have described is not missing: only the flags are worth telling beside it.
  const others =
    inFiles.length === 0 ? problems : problems.filter((problem) => !problem.text.startsWith('default fleet'))
  refuse(inFiles.length === 0 && others.every(isFlag) ? 'UsageInvalid' : 'ConfigInvalid', [...inFiles, ...others])
  const projectFolder = projectFile === null ? cwd : dirname(projectFile)
  const names = Object.keys(settings.fleets)
  const ofProject = { limits: settings.limits, fleets: names, folder: projectFolder }
  const fleets = names.map((name) => [name, { ...settings.fleets[name]!, project: ofProject }] as const)
  return { ...settings, fleets: Object.fromEntries(fleets), projectFolder }
}

const isFlag = (problem: { readonly where: string }) => problem.where.startsWith('--')
