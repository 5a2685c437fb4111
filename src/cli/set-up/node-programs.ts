import { type Need, installCommand, NAMESPACE_NEEDS, packagesOf, PROCESS_NEEDS } from './programs.ts'
import { findProgram, missingOf, packageManager } from './find-program.ts'

export interface SetUpRequest {
  readonly env: NodeJS.ProcessEnv
  /** One line for the user, before a step. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/**
 * Makes sure, before the sandbox starts, that its nodes find their programs on this machine: installed through apt-get as
 * root on Debian and its kin, otherwise named with the command that gets them. Never asks. Where everything is there it
 * costs a dozen stat calls. Throws InstallFailed.
 */
export async function ensureNodePrograms({ env, say, signal }: SetUpRequest): Promise<void> {
  const namespaces = process.platform === 'linux' && process.getuid?.() === 0
  const missing = missingOf(namespaces ? NAMESPACE_NEEDS : PROCESS_NEEDS, env)
  if (missing.length === 0) return
  if (!namespaces || findProgram('apt-get', env) === null || env['MUSTER_NO_INSTALL']) return tell(missing, env, say)
  const packages = packagesOf(missing, 'apt')
  say(`installing ${packages.join(', ')} with apt-get for the sandbox's nodes (once) ...`)
  const [{ aptInstall }, { withoutStartingServices }] = await Promise.all([
    import('./apt.ts'),
    import('./quiet-services.ts'),
  ])
  await withoutStartingServices(() => aptInstall(packages, signal))
  const still = missingOf(missing, env)
  if (still.length > 0) tell(still, env, say)
}

function tell(missing: readonly Need[], env: NodeJS.ProcessEnv, say: SetUpRequest['say']): void {
  const command = installCommand(missing, packageManager(env))
  const names = missing.map(({ program, why }) => `${program} (${why})`).join(', ')
  say(`missing on this machine: ${names}${command === null ? '' : `; get them with: ${command}`}`)
}
