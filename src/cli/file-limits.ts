import { loadSettings } from '../config/load-settings.ts'
import type { CurrentLimits } from '../ports/current-limits.ts'

/** Limits as the muster.yaml of a fleet's project has them now. */
export function fileLimits(env: NodeJS.ProcessEnv): CurrentLimits {
  return {
    of: async ({ name, limits, project }) => {
      const described = { limits, project }
      if (project === null) return described
      const settings = await loadSettings({ cwd: project.folder, env, flags: {} }).catch(() => null)
      const fleet = settings?.fleets[name]
      return fleet === undefined ? described : { limits: fleet.limits, project: fleet.project }
    },
  }
}
