import { problemOf, type Problem } from './problem.ts'
import type { JobOverrides } from './job-request.ts'
import { jobFile, type JobFile } from './schema/job-file.ts'
import { showValue } from './show-value.ts'

/** The flags as keys of a job file; both are checked by the same schema, so the same limits hold. */
export interface JobFlags {
  readonly values: Omit<JobFile, 'env'>
  readonly env: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

const KEYS = ['name', 'fleet', 'launcher', 'nodes', 'tasksPerNode', 'timeLimit', 'workdir'] as const

/** A key of a job as the flag that says the same: `--tasks-per-node`. */
export function flagName(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export function checkJobFlags(overrides: JobOverrides): JobFlags {
  const problems: Problem[] = []
  const values: Record<string, string | number> = {}
  for (const key of KEYS) {
    const value = overrides[key]
    if (value === undefined) continue
    values[key] = value
    const result = jobFile.shape[key].safeParse(value)
    if (!result.success) {
      problems.push(problemOf(flagName(key), `${showValue(value)} is not right; it ${result.error.issues[0]!.message}`))
    }
  }
  const env: [string, string][] = []
  for (const setting of overrides.env ?? []) {
    const [name, value] = splitSetting(setting)
    const problem = value === null ? 'must have the form NAME=VALUE' : settingProblem(name, value)
    if (problem === null) env.push([name, value ?? ''])
    else problems.push(problemOf('--env', `${showValue(setting)} is not right; it ${problem}`))
  }
  return { values, env: Object.fromEntries(env), problems }
}

function splitSetting(setting: string): [string, string | null] {
  const at = setting.indexOf('=')
  return at === -1 ? [setting, null] : [setting.slice(0, at), setting.slice(at + 1)]
}

function settingProblem(name: string, value: string): string | null {
  const result = jobFile.shape.env.safeParse(Object.fromEntries([[name, value]]))
  if (result.success) return null
  const issue = result.error.issues[0]!
  return issue.code === 'invalid_key' ? issue.issues[0]!.message : issue.message
}
