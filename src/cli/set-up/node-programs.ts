import { installCommand, type MissingProgram, packagesOf } from './programs.ts'
import { packageManager } from './package-manager.ts'

export interface SetUpRequest {
  /** What nodes need and this machine lacks, asked again after an installation; the sandbox knows it. */
  readonly missing: () => readonly MissingProgram[]
  readonly env: NodeJS.ProcessEnv
  /** One line for the user, before a step. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  readonly isRoot?: boolean
}

/**
 * Makes sure, before the sandbox starts, that its nodes find their programs on this machine: installed through apt-get as
 * root on Debian and its kin, otherwise named with the command that gets them. Never asks. Where everything is there it
 * costs a dozen stat calls. Throws InstallFailed.
 */
export async function ensureNodePrograms(request: SetUpRequest): Promise<void> {
  const { missing, env, say, signal, isRoot = process.getuid?.() === 0 } = request
  const lacking = missing()
  if (lacking.length === 0) return
  const wanted = (env['MUSTER_NO_INSTALL'] ?? '') === ''
  if (!isRoot || !wanted || packageManager(env) !== 'apt') return tell(lacking, env, say)
  const packages = packagesOf(lacking, 'apt')
  say(`installing ${packages.join(', ')} with apt-get for the sandbox's nodes (once) ...`)
  const [{ aptInstall }, { withoutStartingServices }] = await Promise.all([
    import('./apt.ts'),
    import('./quiet-services.ts'),
  ])
  await withoutStartingServices(() => aptInstall(packages, signal))
  const still = missing()
  if (still.length > 0) tell(still, env, say)
}

function tell(missing: readonly MissingProgram[], env: NodeJS.ProcessEnv, say: SetUpRequest['say']): void {
  const command = installCommand(missing, packageManager(env))
  const names = missing.map(({ program, neededFor }) => `${program} (${neededFor})`).join(', ')
  say(`missing on this machine: ${names}${command === null ? '' : `; get them with: ${command}`}`)
}
